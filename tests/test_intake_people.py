"""People stay out: identity codes in any form and place are refused, and nothing of such a file is kept or said."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reports.errors import ReportError
from reports.intake.people import codes_in, has_code, refuse_codes, warn_of_people
from reports.intake.table import Table
from reports.read.identity import CHECK
from tests.bad.bad import CODE
from tests.bad.made_workbook import Book
from tests.trips import City, contents

SIGNS = "+-ABCDEFUVWXY"
UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff]")


@st.composite
def codes(draw: st.DrawFn) -> str:
    """A personal identity code with the right check character."""
    day, month, year = draw(st.integers(1, 28)), draw(st.integers(1, 12)), draw(st.integers(0, 99))
    number = draw(st.integers(2, 999))
    check = CHECK[int(f"{day:02}{month:02}{year:02}{number:03}") % 31]
    return f"{day:02}{month:02}{year:02}{draw(st.sampled_from(SIGNS))}{number:03}{check}"


@given(
    codes(),
    st.text(max_size=10).filter(lambda text: not UNSEEN.sub("", text)[-1:].isdecimal()),
    st.sampled_from(["", " ", ")", ". ", ";5"]),
)
@example("010100+002H", "¼", "")
@example("010100+002H", "5²", "")
def test_a_code_is_found_in_any_text(code: str, before: str, after: str) -> None:
    assert has_code(f"{before}{code}{after}")
    assert has_code(f"{before}{code.lower()}{after}")


@given(codes(), st.sampled_from("\u2010\u2011\u2012\u2013\u2014\u2212\u00ad"), st.sampled_from(["", " ", "\u00a0"]))
def test_a_code_with_another_dash_or_space_is_found(code: str, dash: str, space: str) -> None:
    assert has_code(f"{code[:6]}{space}{dash}{space}{code[7:]}")


@given(codes())
def test_a_code_with_a_wrong_check_character_is_none(code: str) -> None:
    wrong = CHECK[(CHECK.index(code[-1]) + 1) % 31]
    assert not has_code(code[:-1] + wrong)


@pytest.mark.parametrize(
    "text",
    [
        "2023-01-01",
        "010120-311221",
        "0401234567",
        "1 310 523 087",
        "131052-308",
        "KU131052308T5",
        "320152-3089",
        "12.10.2021",
        "1234567-8",
    ],
)
def test_other_figures_are_no_codes(text: str) -> None:
    assert not list(codes_in(text))


def test_the_message_names_the_place_and_not_the_code() -> None:
    with pytest.raises(ReportError) as caught:
        refuse_codes(f"a;b\nc;{CODE}\n", "luvut.csv")
    (one,) = caught.value.problems
    assert (one.code, str(one.place), one.values) == ("people-code", "luvut.csv:2:3", {})


def test_ordinary_columns_are_not_warned_of() -> None:
    rows = [
        ["Kunta", "nimi", "kunta_nimi", "Määrä", "Vuosi", "Selite", "Tunnus"],
        *(
            ["Koski Tl", "Mynämäen Seutu", "Pyhäjärvi Ol", str(2608 + at), "2021", "Ennakkotieto kuussa", "0734"]
            for at in range(9)
        ),
    ]
    table = Table("a.csv", "", list(enumerate(rows, 1)))
    assert warn_of_people(table, 1, {"koski tl", "mynämäen seutu", "pyhäjärvi ol"}) == []


@pytest.fixture
def city(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    return City(shutil.copytree(home, tmp_path / "home", ignore=shutil.ignore_patterns("out")), capsys)


HEAD = "indicator;period;area;value;note\n"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", f"{HEAD}asiakkaat;2021-04;Kuvitteila;5;{CODE}\n".encode()),
        ("a.csv", f"{HEAD}{CODE};{CODE};{CODE};{CODE};{CODE};{CODE}\n".encode("utf-16")),
        ("a.csv", f"Kuukausi;Määrä\n{CODE};5\n".encode("cp1252")),
        ("a.xlsx", Book({"a": [["indicator", "period", "value"], ["asiakkaat", "2021-04", CODE]]}).to_bytes()),
        ("a.px", f'CHARSET="ANSI";\nTITLE="{CODE}";\n'.encode()),
        ("a.json", f'{{"class": "dataset", "label": "{CODE}"}}'.encode()),
        (f"a {CODE}.csv", HEAD.encode()),
    ],
)
def test_nothing_of_such_a_file_is_kept_or_said(city: City, tmp_path: Path, name: str, data: bytes) -> None:
    before = contents(city.folder / "data")
    path = tmp_path / name
    path.write_bytes(data)
    said = city.run("import", str(path), "--good-rows", "--table", "demo")
    assert said.code == 1
    assert "131052" not in said.all
    assert contents(city.folder / "data") == before
    assert not [file for file, kept in contents(city.folder).items() if b"131052" in kept]
