"""What plans brought to an area: figures that are ranges, the reporting calendar, how targets are judged."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.home import open_home
from reports.model import Dataset, FollowUp
from reports.period import Period
from reports.read.dataset import read_dataset
from reports.read.number import Number, ReadingError, read_number
from reports.reporting import Every, Reporting
from tests.read.slip import AREA, ROWS
from tests.read.spoilt import FIRST


@pytest.fixture
def copy(home: Path, tmp_path: Path) -> Path:
    return shutil.copytree(home, tmp_path / "home")


def changed(folder: Path, file: str, old: str, new: str) -> Dataset:
    """The figures of the city with a change in one of its files."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return read_dataset(open_home(folder), "kuvitteila", {2020, 2021})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1–76", (1, 76, False, "")),
        ("1-76", (1, 76, False, "")),
        ("2 – 140 henkilöä", (2, 140, False, "henkilöä")),
        ("n. 20–25 %", (20, 25, True, "%")),
        ("1 200–1\u00a0400", (1200, 1400, False, "")),
        ("3,5-4,25 M€", (Decimal("3.5"), Decimal("4.25"), False, "M€")),
        ("0–5", (0, 5, False, "")),
    ],
)
def test_a_range_has_two_ends(text: str, wanted: tuple[Decimal, Decimal, bool, str]) -> None:
    number = read_number(text)
    assert (number.value, number.upper, number.approximate, number.unit) == wanted


@pytest.mark.parametrize("text", ["-5", "\u22125", "–5", "2608", "-"])
def test_a_minus_makes_no_range(text: str) -> None:
    assert read_number(text).upper is None


@pytest.mark.parametrize("text", ["76–1", "5–5", "..–5", "1–2–3", "1–", "5 %–10 %", "1.395–2000", "1–76 (arvio)"])
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read_number(text)
    assert caught.value.code.startswith("number-")


@given(
    st.decimals(0, 10**9, places=2),
    st.decimals(0, 10**9, places=2),
    st.sampled_from(["–", "-", " – ", "\u00a0–\u00a0"]),
)
def test_any_two_numbers_in_order_are_a_range(one: Decimal, other: Decimal, dash: str) -> None:
    low, high = sorted((one, other))
    text = f"{low}{dash}{high}".replace(".", ",")
    if low == high:
        with pytest.raises(ReadingError):
            read_number(text)
    else:
        assert read_number(text) == Number(low, upper=high)


def test_a_range_in_a_figure_keeps_both_ends(copy: Path) -> None:
    dataset = changed(copy, ROWS, FIRST, FIRST.replace("800", "1–76"))
    found = dataset.find("asiakkaat", Period.of("2021-03"), "Yhteistyöalue")
    assert found
    assert (found.value, found.upper) == (Decimal(1), Decimal(76))
    assert dataset.problems == ()


CALENDAR = """reporting:
  - audience: Ohjausryhmä
    what: Luvut ja tavoitteet
    every: month
    by: Koordinaattori
    note: julkaistaan verkossa
  - audience: Henkilöstö
    what: Vuoden eteneminen
    months:
      - 6
      - 10
    after:
      - 2
  - audience: Johtoryhmä
    what: Väliraportti
    times: 3
followup:
  near: 7,5
  latest-months: 2
areas:"""


def test_the_reporting_calendar_is_read_from_area_yaml(copy: Path) -> None:
    dataset = changed(copy, AREA, "areas:", CALENDAR)
    assert dataset.problems == ()
    assert dataset.setup.reporting == (
        Reporting("Ohjausryhmä", "Luvut ja tavoitteet", Every.MONTH, by="Koordinaattori", note="julkaistaan verkossa"),
        Reporting("Henkilöstö", "Vuoden eteneminen", months=("6", "10"), after=("2",)),
        Reporting("Johtoryhmä", "Väliraportti", times="3"),
    )
    assert dataset.setup.followup == FollowUp(near=Decimal("7.5"), latest_months=Decimal(2))


def test_without_a_calendar_nothing_is_reported_and_targets_are_judged_as_usual(home: Path) -> None:
    dataset = read_dataset(open_home(home), "kuvitteila", {2021})
    assert dataset.setup.reporting == ()
    assert dataset.setup.followup == FollowUp(near=Decimal(5), latest_months=Decimal(3), baseline_months=Decimal(3))
