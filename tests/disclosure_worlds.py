"""Made-up months of every kind: areas within areas, two divisions of the same people, parts, shares, sums, quarters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from reports.model import Area, Dataset, Indicator, Key, Mark, Observation, Sum
from reports.period import Period
from tests.made_disclosure import MONTH, PLACE, Made, Row, Truth, adds_up, counted, counts, dataset, observation, shares

QUARTER = Period(date(2031, 4, 1), date(2031, 6, 30))


class World:
    """A home under way: the truth, what a reader knows, and what stands in no file."""

    def __init__(self, random: Random, small: float, largest: int) -> None:
        self.random, self.small, self.largest = random, small, largest
        self.indicators: list[Indicator] = []
        self.areas: list[Area] = []
        self.truth: Truth = {}
        self.rows: list[Row] = []
        self.sums: list[Sum] = []
        self.lacking: set[Key] = set()

    def count(self, key: Key) -> None:
        """A count that is nobody's total."""
        self.truth[key] = counts(self.random, self.small, self.largest, 5)

    def total(self, total: Key, parts: Iterable[Key], *, known: bool = False) -> None:
        """A total of counts; `known` where it is there already and another way to divide it is told."""
        parts = list(parts)
        if not known:
            self.truth[total] = sum((self.truth[part] for part in parts), Decimal(0))
        self.rows.append(adds_up(total, parts))

    def some_areas(self, levels: int) -> None:
        """Areas, and those that are made of them: up to `levels` within each other."""
        names = [f"A{number}" for number in range(self.random.randint(2, 6))]
        self.areas = [Area(name) for name in names]
        first = names[: self.random.randint(2, len(names))]
        if levels > 1 and len(first) < len(names):
            self.areas.append(Area("Half", members=tuple(first)))
            names = ["Half", *names[len(first) :]]
        if levels:
            self.areas.append(Area("All", members=tuple(names)))

    def over_areas(self, indicator: str, period: Period, groups: Sequence[str]) -> None:
        """The totals of areas that are made of others."""
        for area in self.areas:
            for group in groups if area.members else ():
                parts = [(indicator, period, part, group) for part in area.members]
                self.total((indicator, period, area.name, group), parts)

    def leave_out(self, share: float) -> None:
        """Let some totals stand in no file."""
        totals = {total for row in self.rows for total, times in row[0].items() if times < 0}
        self.lacking |= {key for key in sorted(totals) if self.random.random() < share}

    def made(self, more: Iterable[Observation] = (), rows: Iterable[Row] = ()) -> Made:
        """The home as it is."""
        figures = [observation(key, value) for key, value in self.truth.items() if key not in self.lacking]
        return Made(dataset(self.indicators, self.areas, [*figures, *more], self.sums), self.truth, [*self.rows, *rows])


def divided_twice(random: Random) -> World:
    """Women and men, and the same people by age, in one list of groups."""
    world = World(random, random.choice([0.05, 0.2, 0.4]), random.choice([12, 80]))
    world.some_areas(random.randint(0, 2))
    ages = [f"age {number}" for number in range(random.randint(2, 4))]
    world.indicators.append(counted("c", ["women", "men", *ages]))
    for area in world.areas:
        for group in ages if not area.members else ():
            world.count(("c", MONTH, area.name, group))
        people = sum((world.truth["c", MONTH, area.name, group] for group in ages if not area.members), Decimal(0))
        women = Decimal(random.randint(0, int(people)))
        world.truth |= {} if area.members else {("c", MONTH, area.name, "women"): women}
        world.truth |= {} if area.members else {("c", MONTH, area.name, "men"): people - women}
    world.over_areas("c", MONTH, ["women", "men", *ages])
    for area in world.areas:
        total = ("c", MONTH, area.name, "")
        world.total(total, [("c", MONTH, area.name, group) for group in ages])
        world.total(total, [("c", MONTH, area.name, group) for group in ("women", "men")], known=True)
    over = [area for area in world.areas if area.members]
    for area in over:
        world.total(("c", MONTH, area.name, ""), [("c", MONTH, part, "") for part in area.members], known=True)
    return world


def nested(random: Random) -> World:
    """Areas within areas, some totals in no file, some small counts hidden by the source already."""
    world = World(random, random.choice([0.05, 0.2, 0.4]), random.choice([12, 80]))
    world.some_areas(2)
    groups = [f"g{number}" for number in range(random.randint(1, 4))]
    world.indicators.append(counted("c", groups))
    for area in world.areas:
        for group in groups if not area.members else ():
            world.count(("c", MONTH, area.name, group))
    world.over_areas("c", MONTH, groups)
    for area in world.areas:
        world.total(("c", MONTH, area.name, ""), [("c", MONTH, area.name, group) for group in groups])
    for area in (one for one in world.areas if one.members):
        world.total(("c", MONTH, area.name, ""), [("c", MONTH, part, "") for part in area.members], known=True)
    world.leave_out(random.choice([0, 0, 0.2, 0.5]))
    return world


def with_shares(random: Random) -> Made:
    """People, how many of them are out of work, and the share of these, rounded; by area, with the total."""
    world = World(random, random.choice([0.1, 0.4]), random.choice([15, 100, 2000]))
    world.some_areas(1)
    share = Indicator("s", "s", "%", random.randint(0, 2), part="p", whole="w")
    world.indicators += [counted("p"), counted("w"), share]
    for area in (one for one in world.areas if not one.members):
        world.count(("w", MONTH, area.name, ""))
        whole = int(world.truth["w", MONTH, area.name, ""])
        world.truth["p", MONTH, area.name, ""] = Decimal(random.randint(0, min(whole, random.choice([6, 1000]))))
    for indicator in ("p", "w"):
        world.over_areas(indicator, MONTH, [""])
    world.lacking |= {key for key in sorted(world.truth) if key[0] == "p" and random.random() < 0.2}
    told = []
    for area in world.areas:
        one, all_of_them = (world.truth[name, MONTH, area.name, ""] for name in ("p", "w"))
        key = "s", MONTH, area.name, ""
        world.rows.append(({("w", *key[1:]): 1, ("p", *key[1:]): -1}, 0, float("inf")))
        if all_of_them:
            value = (one / all_of_them * 100).quantize(Decimal(1).scaleb(-share.decimals), ROUND_HALF_UP)
            told.append(observation(key, value))
    return world.made(told)


def share_rows(seen: Dataset) -> list[Row]:
    """What the shares of a dataset that are shown tell."""
    rows = []
    for key, o in seen.observations.items():
        if seen.indicators[key[0]].part and o.value is not None:
            rows += shares(key, seen.indicators[key[0]], o.value)
    return rows


def declared(random: Random) -> World:
    """All customers, and the same customers by age under another name, as a declared sum of another month says."""
    world = World(random, random.choice([0.05, 0.3]), random.choice([12, 80]))
    world.some_areas(random.randint(0, 1))
    ages = [f"age {number}" for number in range(random.randint(2, 4))]
    world.indicators += [counted("all"), counted("ages", ages)]
    for area in (one for one in world.areas if not one.members):
        for age in ages:
            world.count(("ages", MONTH, area.name, age))
        world.total(("all", MONTH, area.name, ""), [("ages", MONTH, area.name, age) for age in ages])
    world.over_areas("ages", MONTH, ages)
    for area in (one for one in world.areas if one.members):
        world.total(("all", MONTH, area.name, ""), [("all", MONTH, part, "") for part in area.members])
        world.total(("all", MONTH, area.name, ""), [("ages", MONTH, area.name, age) for age in ages], known=True)
    world.sums.append(Sum("s", "all 2030-01 A0", tuple(f"ages 2030-01 A0 / {age}" for age in ages), PLACE))
    return world


def quarters(random: Random) -> World:
    """A quarter as the sum of its months, by area."""
    world = World(random, random.choice([0.1, 0.3]), random.choice([12, 80]))
    world.some_areas(random.randint(0, 2))
    world.indicators.append(counted("c"))
    months = list(QUARTER.months())
    for month in months:
        for area in (one for one in world.areas if not one.members):
            world.count(("c", month, area.name, ""))
        world.over_areas("c", month, [""])
    for area in world.areas:
        world.total(("c", QUARTER, area.name, ""), [("c", month, area.name, "") for month in months])
    for area in (one for one in world.areas if one.members):
        world.total(("c", QUARTER, area.name, ""), [("c", QUARTER, part, "") for part in area.members], known=True)
    return world


def means(random: Random) -> World:
    """A quarter as the mean of its months, rounded, by area."""
    world = World(random, random.choice([0.1, 0.3]), random.choice([12, 80]))
    world.some_areas(random.randint(0, 1))
    world.indicators.append(counted("c"))
    months = list(QUARTER.months())
    for month in months:
        for area in (one for one in world.areas if not one.members):
            world.count(("c", month, area.name, ""))
        world.over_areas("c", month, [""])
    for area in world.areas:
        parts = [("c", month, area.name, "") for month in months]
        total = ("c", QUARTER, area.name, "")
        world.truth[total] = (sum((world.truth[part] for part in parts), Decimal(0)) / 3).to_integral_value(
            ROUND_HALF_UP
        )
        world.rows.append(({total: -3, **dict.fromkeys(parts, 1)}, -1.5, 1.5))
    return world


def years(random: Random) -> tuple[Made, Dataset]:
    """Two years as the mean or the sum of their months, by area; the source hides months and years, means lack some."""
    world = World(random, random.choice([0.3, 0.6, 0.8]), random.choice([12, 80]))
    world.areas = [Area(f"A{number}") for number in range(random.randint(1, 3))]
    names = [area.name for area in world.areas]
    world.areas += [Area("All", members=tuple(names))] if random.random() < 0.5 and len(names) > 1 else []
    world.indicators.append(counted("c"))
    is_mean = random.random() < 0.7
    both = [Period.year(2030), Period.year(2031)]
    for year in both:
        for area in names:
            parts = [("c", month, area, "") for month in year.months()]
            for part in parts:
                world.count(part)
            _year(world, ("c", year, area, ""), parts, is_mean)
        for period in (year, *year.months()):
            world.over_areas("c", period, [""])
    if is_mean and random.random() < 0.6:
        world.lacking |= {key for key in sorted(world.truth) if key[1] not in both and random.random() < 0.2}
    lacking = [observation(key, None, Mark.UNAVAILABLE) for key in sorted(world.lacking) if random.random() < 0.5]
    made = world.made(lacking)
    return made, hidden_by_the_source(made, random, random.choice([0, 0.3, 0.6])).dataset


def _year(world: World, total: Key, parts: Sequence[Key], is_mean: bool) -> None:
    """A year of months: their mean, rounded, or their sum."""
    months = sum((world.truth[part] for part in parts), Decimal(0))
    if is_mean:
        world.truth[total] = (months / 12).to_integral_value(ROUND_HALF_UP)
        world.rows.append(({total: -12, **dict.fromkeys(parts, 1)}, -6, 6))
    else:
        world.total(total, parts)


def hidden_by_the_source(made: Made, random: Random, share: float) -> Made:
    """The same home, some of its small counts hidden in the files already."""
    gone = {key for key, value in made.truth.items() if 0 < value < 5 and random.random() < share}
    of = made.dataset.observations.items()
    kept = {key: o._replace(value=None, mark=Mark.HIDDEN) if key in gone else o for key, o in of}
    return made._replace(dataset=replace(made.dataset, observations=kept))


def revised(made: Made, random: Random) -> Made:
    """The same table some weeks later: a few counts are others now, and with them their totals."""
    truth = dict(made.truth)
    for key in sorted(truth):
        if key[2] != "All" and key[3] and random.random() < 0.15:
            now = counts(random, 0.5, 30, 5)
            for total in {(key[2], key[3]), ("All", key[3]), (key[2], ""), ("All", "")}:
                truth["c", MONTH, *total] += now - made.truth[key]
    figures = {key: o._replace(value=truth[key]) for key, o in made.dataset.observations.items()}
    return Made(replace(made.dataset, observations=figures), truth, made.rows)
