"""The attack: what a reader works out of all that is shown never narrows a small count of persons down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from reports.disclosure import published
from reports.model import Dataset
from tests import disclosure_worlds as worlds
from tests.made_disclosure import Made, fewest, intervals, observation, shown, table


def narrowed(made: Made, seen: Dataset, threshold: int = 5) -> list[str]:
    """The small counts whose interval does not hold the whole of one to the threshold."""
    small = [key for key, value in made.truth.items() if 0 < value < threshold]
    found = intervals(small, [*made.rows, *worlds.share_rows(seen)], shown(seen))
    return [
        f"{key[0]} {key[1]} {key[2]} {key[3]}: {low:.2f}-{high:.2f}"
        for key, (low, high) in found.items()
        if not (low < 1 + 1e-6 and high > threshold - 1 - 1e-6)
    ]


def small_ones(made: Made, threshold: int = 5) -> int:
    """How many counts are small."""
    return sum(0 < value < threshold for value in made.truth.values())


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Print a line that is seen."""

    def said(text: str) -> None:
        with capsys.disabled():
            print(f"\n{text}", end=" ")  # noqa: T201

    return said


def test_no_small_count_of_a_thousand_tables_is_narrowed_down(tell: Callable[[str], None]) -> None:
    figures = small = hidden = 0
    for seed in range(1000):
        random = Random(seed)  # noqa: S311
        threshold = random.choice([3, 5, 5, 10])
        made = table(
            random,
            random.randint(1, 6),
            random.randint(1, 5),
            small=random.choice([0, 0.05, 0.2, 0.5]),
            largest=threshold + random.choice([3, 20, 200]),
            threshold=threshold,
        )
        out = published(made.dataset)
        assert narrowed(made, out.dataset, threshold) == [], seed
        assert bool(small_ones(made, threshold)) == bool(out.hidden), seed
        figures += len(made.truth)
        small += small_ones(made, threshold)
        hidden += len(out.hidden)
    tell(f"{figures} figures, {small} small, {hidden - small} hidden with them")
    assert hidden < 2.5 * small


def unbroken(make: Callable[[Random], worlds.World]) -> Callable[[Random], tuple[Made, Dataset]]:
    """A world whose files tell all that is true, but for what they lack."""
    return lambda random: (made := make(random).made(), made.dataset)


def partly_hidden(random: Random) -> tuple[Made, Dataset]:
    """Areas within areas, where the source hides some of the small counts itself."""
    made = worlds.nested(random).made()
    return made, worlds.hidden_by_the_source(made, random, 0.5).dataset


def with_shares(random: Random) -> tuple[Made, Dataset]:
    """Parts, wholes and shares."""
    made = worlds.with_shares(random)
    return made, made.dataset


@pytest.mark.parametrize(
    "world",
    [
        pytest.param(unbroken(worlds.divided_twice), id="divided twice"),
        pytest.param(unbroken(worlds.nested), id="areas within areas"),
        pytest.param(partly_hidden, id="hidden by the source"),
        pytest.param(with_shares, id="shares"),
        pytest.param(unbroken(worlds.declared), id="declared sums"),
        pytest.param(unbroken(worlds.quarters), id="quarters"),
        pytest.param(unbroken(worlds.means), id="means of months"),
        pytest.param(worlds.years, id="years of months"),
    ],
)
def test_nor_are_those_of_other_worlds(
    world: Callable[[Random], tuple[Made, Dataset]], tell: Callable[[str], None]
) -> None:
    figures = small = hidden = 0
    for seed in range(120):
        made, files = world(Random(seed))  # noqa: S311
        out = published(files)
        assert narrowed(made, out.dataset) == [], seed
        assert small_ones(made) or not out.hidden or len(files.observations) < len(made.truth), seed
        figures += len(files.observations)
        small += small_ones(made)
        hidden += len(out.hidden)
    tell(f"{figures} figures, {small} small, {hidden} hidden")
    assert small


def test_nor_are_those_that_were_revised_by_a_reader_who_kept_the_old_page(tell: Callable[[str], None]) -> None:
    hidden = 0
    for seed in range(100):
        random = Random(seed)  # noqa: S311
        made = table(random, random.randint(2, 6), random.randint(2, 4), small=0.15)
        old = published(made.dataset).dataset
        now = worlds.revised(made, random)
        out = published(now.dataset, earlier={key: o.value for key, o in old.observations.items()})
        kept = {key: value for key, value in shown(old).items() if now.truth[key] == value}
        small = [key for key, value in now.truth.items() if 0 < value < 5]
        found = intervals(small, now.rows, {**kept, **shown(out.dataset)})
        assert [key for key, ends in found.items() if not (ends[0] < 1 + 1e-6 and ends[1] > 4 - 1e-6)] == [], seed
        hidden += len(out.hidden)
    tell(f"{hidden} hidden")
    assert hidden


def test_nor_are_those_of_areas_that_are_not_shown() -> None:
    for seed in range(100):
        random = Random(seed)  # noqa: S311
        made = table(random, random.randint(2, 6), random.randint(1, 4))
        areas = {area.name for area in made.dataset.setup.areas if random.random() < 0.6} | {"All"}
        out = published(made.dataset, None, areas).dataset
        assert {key[2] for key in out.observations} <= areas
        assert narrowed(made, out) == [], seed


def only_small(of: Dataset) -> Dataset:
    """The careless way: only the small counts themselves are hidden."""
    small = {key for key, o in of.observations.items() if o.value is not None and 0 < o.value < 5}
    return replace(of, observations={key: o for key, o in of.observations.items() if key not in small})


def test_the_attack_finds_what_a_careless_way_gives_away() -> None:
    found = 0
    for seed in range(40):
        made = table(Random(seed), 5, 4)  # noqa: S311
        found += bool(narrowed(made, only_small(made.dataset)))
        out = published(made.dataset).dataset
        for key, o in out.observations.items():
            if o.value is None and made.truth[key] >= 5:
                told = {**out.observations, key: observation(key, made.truth[key])}
                found += bool(narrowed(made, replace(out, observations=told)))
    assert found > 100


def test_hardly_more_is_hidden_than_the_fewest_that_will_do(tell: Callable[[str], None]) -> None:
    ours = least = 0
    for seed in range(30):
        random = Random(seed)  # noqa: S311
        made = table(random, random.randint(2, 5), random.randint(2, 4), small=random.choice([0.1, 0.2, 0.4]))
        if 0 < small_ones(made) <= 8:
            fewer, hidden = fewest(made), len(published(made.dataset).hidden)
            assert fewer <= hidden, seed
            ours, least = ours + hidden, least + fewer
    tell(f"{ours} hidden where {least} would do")
    assert least <= ours <= 1.1 * least
