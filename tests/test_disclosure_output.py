"""The attack on the finished files: what a reader of all public outputs of a month can work out of small counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from reports import prepare
from reports.disclosure import Published
from reports.errors import ReportError, warning
from reports.model import Dataset, Key, Mark
from reports.order import Order
from reports.period import Period
from reports.prepare import Prepared
from reports.public import safe
from tests.made_public import EVERY, QUICK, abroad, careless, laid_out, opened, public
from tests.made_reader import Reader, attacked
from tests.made_town import (
    AT,
    BEFORE,
    COUNTRY,
    FORCE,
    PEOPLE,
    SERVED,
    SMALL,
    TOLD,
    TOTAL,
    YEAR,
    Town,
    town_of,
    written,
)

HARD = 1355, 1496, 1515  # years that are means of months, some of them hidden by the source
Files = dict[str, bytes]
LINE = re.compile(r'stroke-width="1\.[5-9]\d*"[^>]* d="M 0 0([^"]+)"|stroke-width="[2-4][^>]* d="M 0 0([^"]+)"')
STEP = re.compile(r"l (-?[\d.]+) -?[\d.]+")
DESC = re.compile(r"<desc.*?</desc>", re.DOTALL)


def attack(seeds: Iterable[int], folder: Path) -> tuple[int, int, int]:
    """Attack many homes; gives the areas and months looked at, their small counts, and the homes not published."""
    places = small = refused = 0
    for seed in seeds:
        town = town_of(seed)
        try:
            files, short = public(written(town, folder / str(seed)), QUICK if seed % 3 else EVERY)
        except ReportError as error:
            if error.exit_code != 5:
                raise
            refused += 1
            continue
        assert attacked(town, files) == [], seed
        if not town.small():
            assert all(o.value is not None for o in short.dataset.observations.values()), seed
            assert not [name for name, data in opened(files).items() if b"..." in data], seed
        places += len({key[1:3] for key in town.truth})
        small += len(town.small())
    return places, small, refused


def test_no_small_count_of_a_thousand_areas_and_months_is_narrowed_down(tmp_path: Path) -> None:
    places, small, refused = attack(range(36), tmp_path)
    assert refused == 0
    assert places > 1000
    assert small > 200


@pytest.mark.slow
def test_nor_of_two_hundred_homes(tmp_path: Path) -> None:
    places, small, refused = attack([*range(1000, 1220), *HARD], tmp_path)
    assert refused == 0
    assert places > 6_000
    assert small > 2_000


def test_nor_by_a_reader_who_kept_an_earlier_page_before_figures_were_revised(tmp_path: Path) -> None:
    for seed in range(8):
        random, old = Random(seed), town_of(200 + seed)  # noqa: S311
        order = written(old, tmp_path / str(seed))._replace(period=BEFORE)
        site = laid_out(public(order)[0], tmp_path / f"{seed} site")
        before = Reader(old).read({"data.csv": (site / str(BEFORE) / "data.csv").read_bytes()})
        now = revised(old, random)
        files, _ = public(written(now, tmp_path / str(seed))._replace(published=site))
        lists = ("index.html", "feed.xml")  # of both months; what they say stands on the months' own pages
        of_now = {name: data for name, data in files.items() if not name.startswith((str(BEFORE), *lists))}
        reader = Reader(now).read(of_now)
        reader.known |= {key: value for key, value in before.known.items() if now.truth[key] == value}
        assert reader.wrong() == []
        assert reader.narrowed() == [], seed


def revised(town: Town, random: Random) -> Town:
    """The home some weeks later: some counts of the people are others now, with the totals they are in."""
    truth = dict(town.truth)
    for key in sorted(truth):
        if key[0] == PEOPLE and key[1] in TOLD and key[2] in town.plan.towns and random.random() < 0.2:
            least = truth[SERVED, *key[1:]]
            by = max(least, Decimal(random.choice([1, 3, 7, 20]))) - truth[key]
            force = (FORCE, *key[1:])
            for moved in (key, (PEOPLE, key[1], TOTAL, ""), force, (FORCE, key[1], TOTAL, "")):
                if moved in truth:
                    truth[moved] += by
    plan = town.plan._replace(hidden=frozenset(key for key in town.plan.hidden if truth[key] in SMALL))
    if plan.means:
        for one in plan.towns:
            total = sum((truth[PEOPLE, month, one, ""] for month in YEAR.months()), Decimal(0))
            truth[PEOPLE, YEAR, one, ""] = (total / 12).to_integral_value("ROUND_HALF_UP")
        if plan.total:
            truth[PEOPLE, YEAR, TOTAL, ""] = sum((truth[PEOPLE, YEAR, one, ""] for one in plan.towns), Decimal(0))
    return Town(plan, truth)


def twins(town: Town, hidden: set[Key]) -> Iterator[Town]:
    """Homes that a reader cannot tell from a home: a small count is another, with what hides it."""
    for key in town.small():
        indicator, period, area, _ = key
        if key in town.plan.hidden or area in (TOTAL, COUNTRY) or (town.plan.means and period in set(YEAR.months())):
            continue
        partners = [(indicator, period, one, "") for one in town.plan.towns if one != area]
        partners = [one for one in partners if one in hidden and one not in town.plan.hidden]
        for partner in partners if town.plan.total else [None]:
            for by in (1, -1):
                moved = {key: town.truth[key] + by} | ({partner: town.truth[partner] - by} if partner else {})
                other = Town(town.plan, town.truth | moved)
                if _alike(town, other, moved):
                    yield other


def _alike(town: Town, other: Town, moved: dict[Key, Decimal]) -> bool:
    """Whether what moved is small where it was, and parts are no more than their wholes."""
    truth = other.truth
    fits = all(
        value
        <= truth[PEOPLE, period, area, ""]
        <= truth.get((FORCE, period, area, ""), truth[PEOPLE, period, area, ""])
        for (name, period, area, _), value in truth.items()
        if name == SERVED
    )
    return fits and all((value in SMALL) == (town.truth[key] in SMALL) and value > 0 for key, value in moved.items())


def shown(of: Dataset) -> dict[Key, tuple[Decimal | None, Mark | None]]:
    """What a page may show."""
    return {key: (o.value, o.mark) for key, o in of.observations.items()}


def in_full(order: Order, full: bool) -> tuple[Files, Prepared]:
    """The public files with their drawings; in full also in every format and language."""
    files, short = public(order, EVERY if full else QUICK, drawn=True)
    return files | (abroad(order) if full else {}), short


def test_homes_that_differ_in_hidden_counts_alone_have_the_same_files_to_the_byte(tmp_path: Path) -> None:
    compared = [0, 0]
    for seed in range(300, 308):
        town, full = town_of(seed), seed % 3 == 0
        order = written(town, tmp_path / str(seed))
        files, short = in_full(order, full)
        seen = shown(short.dataset)
        for other in list(twins(town, {key for key, (_, mark) in seen.items() if mark is Mark.HIDDEN}))[:2]:
            again, twin = in_full(written(other, tmp_path / str(seed)), full)
            if shown(twin.dataset) == seen:
                compared[full] += 1
                assert [name for name, data in opened(files).items() if opened(again)[name] != data] == [], seed
    assert min(compared) > 2


def half_careless(of: Dataset, *_: Any, **__: Any) -> Published:
    """Hide the small counts alone."""
    small = {
        key: o._replace(value=None, mark=Mark.HIDDEN)
        for key, o in of.observations.items()
        if of.indicators[o.indicator].register == "persons" and o.value in SMALL
    }
    return Published(replace(of, observations={**of.observations, **small}), ())


@pytest.mark.parametrize("way", [careless, half_careless])
def test_the_attack_finds_what_a_careless_way_gives_away(
    way: Callable[..., Published], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safe, "published", way)
    found = 0
    for seed in range(40):
        town = town_of(seed)
        files, _ = public(written(town, tmp_path / str(seed)))
        found += bool(attacked(town, files))
        if found == 3:
            break
    assert found == 3


def test_the_attack_finds_an_alternative_text_that_was_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = 0
    for seed in range(13):  # some have no chart, since nothing of this year may be shown
        town = town_of(seed)
        order = written(town, tmp_path / str(seed))
        page = f"{AT}/index.html"
        files, _ = public(order)
        with monkeypatch.context() as open_door:
            open_door.setattr(safe, "published", careless)
            told = DESC.search(public(order)[0][page].decode())
        assert told
        files[page] = DESC.sub(told[0].replace("\\", ""), files[page].decode()).encode()
        found += bool(attacked(town, files))
    assert found >= 2


def test_a_hidden_point_of_the_chart_is_a_gap(tmp_path: Path) -> None:
    town = next(one for one in map(town_of, range(300, 400)) if _hidden_in_chart(one) and not one.plan.hidden)
    files, short = public(written(town, tmp_path), drawn=True)
    page = files[f"{AT}/index.html"].decode()
    drawing = page[page.index("<svg") : page.index("</svg>")]
    main = town.plan.towns[0]
    known = {o.period for o in short.dataset.of(PEOPLE, main) if o.value is not None}
    raw = {key[1] for key in town.truth if key[0] == PEOPLE and key[2] == main}
    wide = [float(dx) for found in LINE.findall(drawing) for line in found for dx in STEP.findall(line)]
    assert max(wide) - min(wide) < 0.1  # each goes from a month to the next
    assert len(wide) == pairs(known) < pairs(raw)


def pairs(months: set[Period]) -> int:
    """How many months have a neighbour after them in the same year."""
    return sum(Period.month(one.first.year, one.first.month + 1) in months for one in months if one.first.month < 12)


def _hidden_in_chart(town: Town) -> bool:
    return any(key[0] == PEOPLE and key[2] == town.plan.towns[0] for key in town.small())


def test_what_is_wrong_with_the_figures_stands_in_no_public_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = prepare.read_data
    secret = warning("fact-unknown", "secret.csv", 3, found="kolme-salaista")

    def with_a_secret(*arguments: Any) -> Any:
        found, problems = read(*arguments)
        return replace(found, problems=(*found.problems, secret)), [*problems, secret]

    monkeypatch.setattr("reports.month.monthly.read_data", with_a_secret)
    files, short = public(written(town_of(1), tmp_path))
    assert secret in short.problems
    assert not [name for name, data in opened(files).items() if b"salais" in data or b"secret" in data]
