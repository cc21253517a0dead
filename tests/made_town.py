"""Made-up homes of the public documents: the truth behind their figures, what a reader knows of them, their files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random
from typing import NamedTuple

from reports.home import PROGRAM, Home
from reports.model import Key
from reports.order import Order
from reports.period import Period
from tests.made_disclosure import Row, Truth, adds_up

AREA = "kuvala"
AT = Period.month(2024, 2)
BEFORE, YEAR_AGO, YEAR = Period.month(2024, 1), Period.month(2023, 2), Period.year(2023)
TOLD = (AT, BEFORE, YEAR_AGO)
MONTHS = tuple(Period(Period.year(2022).first, AT.last).months())
TOWNS = ("Aapala", "Beekylä", "Ceelahti", "Deeniemi", "Eeranta")
TOTAL, COUNTRY = "Seutu", "Maa"
SMALL = range(1, 5)
TABLE = "taulu"
PEOPLE, FORCE, SERVED, JOBS, SHARE = "hakijat", "voima", "palvelussa", "paikat", "aste"
NAMES = {PEOPLE: "Hakijat", FORCE: "Voima", SERVED: "Palvelussa", JOBS: "Paikat", SHARE: "Aste", "rate": "Osuus"}
FETCHED = (PEOPLE, FORCE)
NOUNS = """  nouns:
    fi:
      one: {0}
      many: {0}
      some: {0}
      of: {0}
    sv:
      one: {0}
      many: {0}
    en:
      one: {0}
      many: {0}
"""
CALLED = "  called:\n    fi: {0}\n    sv: {0}\n    en: {0}\n"


class Plan(NamedTuple):
    """What a home has figures of: its towns, those shown, what its total and its rates are made of."""

    towns: tuple[str, ...]
    listed: tuple[str, ...]
    total: str  # "" where there is none, else whether the files give it or the program adds it up
    country: bool
    yearly_force: bool
    force_of_persons: bool
    means: bool
    all_months: bool
    hidden: frozenset[Key] = frozenset()
    text: bool = False
    fetched: bool = False  # whether a public service gives the people and the labour force

    @property
    def areas(self) -> tuple[str, ...]:
        """Every area that has figures in truth."""
        return (*self.towns, *([TOTAL] if self.total else []), *([COUNTRY] if self.country else []))

    def counts_persons(self, indicator: str) -> bool:
        """Whether an indicator counts persons of a register."""
        return indicator in (PEOPLE, SERVED) or (indicator == FORCE and self.force_of_persons)


class Town(NamedTuple):
    """A home: its plan, the true figures, and what every reader knows of how they belong together."""

    plan: Plan
    truth: Truth

    def small(self) -> list[Key]:
        """The counts of persons from one to four."""
        return [key for key, value in self.truth.items() if self.plan.counts_persons(key[0]) and value in SMALL]

    def rows(self) -> list[Row]:
        """What a reader knows: sums over areas, parts within wholes, a year as the mean of its months."""
        out: list[Row] = []
        for key in self.truth:
            indicator, period, area, _ = key
            if area == TOTAL and self.plan.total:
                out.append(adds_up(key, [(indicator, period, town, "") for town in self.plan.towns]))
            for part, whole in ((PEOPLE, FORCE), (SERVED, PEOPLE)):
                if indicator == part and (whole, period, area, "") in self.truth:
                    out.append(({(whole, period, area, ""): 1, key: -1}, 0, float("inf")))
            if period == YEAR and indicator == PEOPLE and area in self.plan.towns:
                out.append(({key: -12, **{(PEOPLE, one, area, ""): 1 for one in YEAR.months()}}, -6, 6))
        return out


def made_town(random: Random) -> Town:
    """A made-up home; some have small counts, some have none."""
    towns = TOWNS[: random.randint(2, 5)]
    means = random.random() < 0.2
    plan = Plan(
        towns,
        (towns[0], *(town for town in towns[1:] if random.random() < 0.8)),
        random.choice(["given", "given", "added", ""]),
        random.random() < 0.5,
        random.random() < 0.3,
        random.random() < 0.4,
        means,
        means or random.random() < 0.15,
        text=random.random() < 0.2,
    )
    most = {town: random.choice([8, 40, 40, 900]) for town in towns}
    small = random.choice([0, 0.1, 0.3, 0.6])
    truth: Truth = {}
    for town in towns:
        for month in MONTHS if plan.all_months or town == towns[0] else TOLD:
            _month(truth, random, plan, (month, town), most[town], small)
        if plan.yearly_force:
            for year in (2022, 2023, 2024):
                truth[FORCE, Period.year(year), town, ""] = Decimal(most[town] * 12 + random.randint(10, 99))
    _above(truth, plan, random)
    return Town(plan._replace(hidden=_by_the_source(truth, plan, random)), truth)


def town_of(seed: int) -> Town:
    """The made-up home of a number."""
    return made_town(Random(seed))  # noqa: S311


def _month(truth: Truth, random: Random, plan: Plan, at: tuple[Period, str], most: int, small: float) -> None:
    """The figures of a town in a month."""
    people = random.randrange(5) if random.random() < small else random.randint(10, most + 12)
    served = random.randrange(5) if random.random() < small else random.randint(5, max(people, 5))
    truth[(PEOPLE, *at, "")] = Decimal(people)
    if not plan.yearly_force:
        truth[(FORCE, *at, "")] = Decimal(people + random.choice([5, 30, 400, 9000]))
    if at[0] in TOLD:
        truth[(SERVED, *at, "")] = Decimal(min(served, people))
        truth[(JOBS, *at, "")] = Decimal(random.randrange(9))


def _above(truth: Truth, plan: Plan, random: Random) -> None:
    """The total of the towns, the country, and the year as the mean of its months."""
    for town in plan.towns if plan.means else ():
        months = [truth[PEOPLE, one, town, ""] for one in YEAR.months()]
        truth[PEOPLE, YEAR, town, ""] = (sum(months, Decimal(0)) / 12).to_integral_value(ROUND_HALF_UP)
    for indicator, period in sorted({key[:2] for key in truth}):
        parts = [(indicator, period, town, "") for town in plan.towns]
        if plan.total and all(part in truth for part in parts):
            truth[indicator, period, TOTAL, ""] = sum((truth[part] for part in parts), Decimal(0))
        if plan.country and indicator in (PEOPLE, FORCE):
            truth[indicator, period, COUNTRY, ""] = Decimal(
                random.randint(200_000, 300_000) * (1 + 9 * (indicator == FORCE))
            )


def _by_the_source(truth: Truth, plan: Plan, random: Random) -> frozenset[Key]:
    """The small counts that the source hides from us too."""
    if random.random() < 0.8:
        return frozenset()
    found = (key for key, value in sorted(truth.items()) if plan.counts_persons(key[0]) and value in SMALL)
    return frozenset(key for key in found if key[2] not in (TOTAL, COUNTRY) and random.random() < 0.4)


def written(town: Town, folder: Path) -> Order:
    """The home as files; gives the order of its short version."""
    base = folder / "data" / AREA
    month = base / str(AT)
    files = {
        folder / "data" / "home.yaml": f"area: {AREA}\nlanguage: fi\n",
        base / "area.yaml": _area(town.plan),
        base / "indicators.yaml": _indicators(town.plan),
        base / "monthly.yaml": _monthly(town.plan),
        base / "sources.yaml": "lahde:\n  title: Rekisteri\n  publisher: Virasto\n  licence: CC BY 4.0\n",
        month / "observations.csv": "\n".join(["indicator;period;area;value", *_lines(town)]) + "\n",
        folder / "templates" / "release" / "report.typ": (PROGRAM / "templates/short/report.typ").read_text("utf-8"),
    }
    for year in range(2022, 2025):
        files[folder / "data" / "statistics" / TABLE / f"{year}.csv"] = "\n".join(_fetched(town, year)) + "\n"
    if town.plan.text:
        files[month / "short.md"] = _text(town.plan)
        files[month / "release.md"] = _text(town.plan)
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Order(Home(folder), "short", AREA, AT)


def _area(plan: Plan) -> str:
    lines = ["organisation: Kuvalan kunta", f"municipality: {plan.towns[0]}", f"scope: {plan.towns[0]}"]
    lines += ["site: https://kuvala.example/luvut", "areas:"]
    for name in plan.areas:
        lines += [f"  - name: {name}", f"    locative: {name}ssa", f"    genitive: {name}n", f"    statistics: {name}"]
        lines += ["    members:", *(f"      - {one}" for one in plan.towns)] if name == TOTAL else []
    return "\n".join(lines) + "\n"


def _indicators(plan: Plan) -> str:
    out = []
    for name in (PEOPLE, FORCE, SERVED, JOBS):
        persons = "  register: persons\n" if plan.counts_persons(name) else ""
        fetched = f"  statistics: {TABLE} {name}\n" if plan.fetched and name in FETCHED else ""
        out.append(f"{name}:\n  name: {NAMES[name]}\n  unit: kpl\n  source: lahde\n{persons}{fetched}")
        out.append(NOUNS.format(f"sana-{name}"))
    out.append(f'{SHARE}:\n  name: {NAMES[SHARE]}\n  unit: "%"\n  decimals: 1\n  source: lahde\n')
    out.append(f"  part: {SERVED}\n  whole: {PEOPLE}\n{CALLED.format(SHARE)}")
    return "".join(out)


def _monthly(plan: Plan) -> str:
    lines = [
        f"people: {PEOPLE}",
        f"vacancies: {JOBS}",
        "rate:",
        f"  name: {NAMES['rate']}",
        '  unit: "%"',
        "  decimals: 1",
    ]
    lines += [f"  part: {PEOPLE}", f"  whole: {FORCE}", *CALLED.format("osuus").splitlines(), "areas:"]
    lines += [f"  - {one}" for one in plan.listed]
    lines += [f"total: {TOTAL}"] if plan.total else []
    lines += [f"country: {COUNTRY}"] if plan.country else []
    lines += ["services:", *(f"  - {one}" for one in (SERVED, SHARE, f"{SERVED} {plan.listed[-1]}"))]
    return "\n".join(lines) + "\n"


def _text(plan: Plan) -> str:
    """A person's text that names figures, be they small or not."""
    where = plan.towns[-1]
    facts = f"  yksi: {PEOPLE} {AT} {where}\n  toinen: {SERVED} {AT} {plan.towns[0]}\n"
    return f"---\nfacts:\n{facts}---\n## Huomio\nLuvut: {{{{ yksi }}}} ja {{{{ toinen }}}}.\n"


def _lines(town: Town) -> Iterator[str]:
    plan, truth = town.plan, town.truth
    for key in sorted(truth):
        if not (plan.fetched and key[0] in FETCHED):
            yield from _line(town, key)
    for indicator, period, area, _ in sorted(truth):
        whole = truth[indicator, period, area, ""]
        if indicator == PEOPLE and period in TOLD and area in plan.towns and whole and _given(town, period, area):
            share = (truth[SERVED, period, area, ""] / whole * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
            yield f"{SHARE};{period};{area};{str(share).replace('.', ',')}"


def _fetched(town: Town, year: int) -> Iterator[str]:
    """A year of the statistics, of which the workbook of a follow-up shows every figure."""
    yield "content;period;area;value"
    for key in sorted(town.truth):
        if town.plan.fetched and key[0] in FETCHED and key[1].first.year == year:
            yield from _line(town, key)


def _line(town: Town, key: Key) -> Iterable[str]:
    if key[2] != TOTAL or town.plan.total == "given":
        yield f"{key[0]};{key[1]};{key[2]};{'...' if key in town.plan.hidden else town.truth[key]}"


def _given(town: Town, period: Period, area: str) -> bool:
    return not {(PEOPLE, period, area, ""), (SERVED, period, area, "")} & town.plan.hidden
