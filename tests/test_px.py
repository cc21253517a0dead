"""PC-Axis files: read as a second, plain reading has them, and refused with their fault where they are spoilt."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from reports.model import Mark
from reports.read.cube import Cube, Dimension, Numbers, Role, cells, with_known_names
from reports.read.number import words
from reports.read.px import read_px
from reports.read.px_time import period_codes
from tests.plain_cubes import assert_refused, assert_same_cells, by_label, plain_px, written

CUBES = Path(__file__).parent / "data" / "cubes"
SAMPLE = (CUBES / "keksitty.px").read_bytes().replace(b"\n", b"\r\n")  # as the service ends its lines
ROWS = (CUBES / "rivit.px").read_bytes()
SIGNS = (CUBES / "merkit.px").read_bytes()


def table(data: bytes) -> Cube:
    cube, problems = read_px(data, "f.px")
    assert cube, problems
    return cube


def test_a_table_of_the_service_is_what_a_plain_reading_finds() -> None:
    assert_same_cells(by_label(table(SAMPLE)), plain_px(SAMPLE.decode("cp1252")))


def test_a_table_of_the_service_is_described() -> None:
    cube = table(SAMPLE)
    assert cube.title == "Keksityt työttömät muuttujina Alue, Kuukausi ja Tiedot"
    assert (cube.source, cube.updated, cube.language) == (
        "Keksitty virasto, Työnvälitystilasto",
        "2024-10-01T08:00",
        "fi",
    )
    area, month, contents = cube.dimensions
    assert (area.codes, area.role) == (("KU991", "KU992", "KU093"), Role.AREA)
    assert area.labels[2] == "Pikkulänsi (entinen; osa)"
    assert (month.codes, month.role) == (("2024M08", "2024M09"), Role.TIME)
    assert (contents.label, contents.role) == ("Tiedot", Role.CONTENTS)
    assert (cube.decimals, cube.units["TYOTOSUUS"]) == ({"": 0, "TYOTOSUUS": 1}, "prosentti")
    assert cube.notes[0].text.endswith("jatkuu toisella rivillä")
    assert [note.about for note in cube.notes] == [
        (),
        (("Alue", "*"),),
        (("Tiedot", "TYOTTOMATLOPUSSA"),),
        (("Alue", "KU992"), ("Tiedot", "TYOTTOMATLOPUSSA")),
    ]


def test_a_cell_knows_its_codes_and_why_it_has_no_number() -> None:
    found = list(cells(table(SAMPLE)))
    codes = {"Alue": "KU991", "Kuukausi": "2024M09", "Tiedot": "UUDETAVP"}
    assert found[5] == (codes, None, Mark.HIDDEN)
    assert found[11][1:] == (Decimal(0), Mark.NIL)
    assert str(found[0][1]) == "595"  # 595.0 in the file


def test_rows_by_keys_may_come_in_any_order_and_rows_left_out_are_noughts() -> None:
    cube = table(ROWS)
    assert cube.dimensions[1].codes == ("2022", "2023", "2024")
    assert written(cube) == ["12", "5", "0", "0", "-", "1.5", "0", "0", "7", "...", "0", "0"]


def test_dots_mean_what_the_file_shows_them_as() -> None:
    cube = table(SIGNS)
    assert cube.title == "Märken"
    assert cube.dimensions[0].codes == ("2023Q1", "2023Q2")
    assert written(cube) == [".", "..", "..", "...", "-", "..", "-1.25", "2", "0.5", "1000", "0.1", "7"]


@pytest.mark.parametrize(
    ("codepage", "encoding"),
    [
        ("iso-8859-15", "iso-8859-15"),
        ("ISO-8859-1", "latin-1"),
        ("windows-1252", "cp1252"),
        ("cp850", "cp850"),
        ("utf-8", "utf-8-sig"),
        ("utf-8", "utf-8"),
    ],
)
def test_letters_are_read_in_the_encoding_that_is_declared(codepage: str, encoding: str) -> None:
    text = SAMPLE.decode("cp1252").replace("\u2019", "'").replace("iso-8859-15", codepage)
    cube, problems = read_px(text.encode(encoding), "f.px")
    assert not problems
    assert cube
    assert cube.dimensions[0].labels[2].startswith("Pikkulänsi")


def test_utf_8_that_says_it_is_something_else_is_read_and_said() -> None:
    cube, problems = read_px(SAMPLE.decode("cp1252").encode(), "f.px")
    assert cube
    assert cube.title == table(SAMPLE).title
    assert [(one.code, one.warning, one.place.row) for one in problems] == [("px-codepage", True, 3)]


def test_utf_16_is_read_and_said() -> None:
    cube, problems = read_px(SAMPLE.decode("cp1252").encode("utf-16"), "f.px")
    assert cube
    assert cube.dimensions == table(SAMPLE).dimensions
    assert "encoding" in [one.code for one in problems]


def test_codes_and_texts_of_an_old_file_are_put_in_their_places() -> None:
    old = ROWS.replace(b'"2013"', b'"2006"').replace(b"KEYS", b'PRESTEXT("Tiedot")=0;\nKEYS', 1)
    found, now = table(old).dimensions[2], table(ROWS).dimensions[2]
    assert (found.codes, found.labels) == (now.labels, now.codes)
    new = ROWS.replace(b"KEYS", b'PRESTEXT("Tiedot")=0;\nKEYS', 1)
    assert table(new).dimensions[2] == now


def test_codes_of_time_that_are_no_periods_give_way_to_those_of_timeval() -> None:
    other = SAMPLE.replace(b'CODES("Kuukausi")="2024M08","2024M09"', b'CODES("Kuukausi")="8","9"')
    assert other != SAMPLE
    assert table(other) == table(SAMPLE)


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ('TLIST(A1),"2020","2021"', ("2020", "2021")),
        ('TLIST(M1,"202311"-"202402")', ("2023M11", "2023M12", "2024M01", "2024M02")),
        ('TLIST(Q1,"20234"-"20241")', ("2023Q4", "2024Q1")),
        ('TLIST(H1),"20231","20232"', ("2023H1", "2023H2")),
        ('TLIST(W1),"202352"', ("2023W52",)),
        ('TLIST(D1),"20230101"', ()),
        ('TLIST(M1),"202313"', None),
        ('TLIST(W1,"202301"-"202352")', None),
        ('TLIST(M1,"202402"-"202401")', ()),
        ('"2023"', None),
        ("", None),
    ],
)
def test_periods_are_written_as_the_service_writes_them(values: str, codes: tuple[str, ...] | None) -> None:
    assert period_codes(values) == codes


def test_both_generations_of_names_are_known_where_the_file_gives_no_role() -> None:
    for names in (("Alue", "Kuukausi", "Tiedot"), ("alue", "timeperiod_m", "contentscode")):
        found = with_known_names(Dimension(name, name, ("a",), ("a",)) for name in names)
        assert [one.role for one in found] == [Role.AREA, Role.TIME, Role.CONTENTS]
    assert {Role(role) for role in words()["dimensions"]} == set(Role) - {Role.NONE}
    given = Dimension("hetki", "hetki", ("a",), ("a",), Role.TIME)
    assert with_known_names([given, Dimension("vuosi", "vuosi", ("a",), ("a",))])[1].role is Role.NONE


def test_translations_are_left_and_a_files_own_language_may_be_named() -> None:
    own = SAMPLE.replace(b'VALUES("Alue")', b'VALUES[fi]("Alue")').replace(b"\r\nSOURCE=", b"\r\nSOURCE[fi]=")
    other = b'MAP[sv]("Tiedot")="x";\r\nVARIABLECODE[sv]("Alue")="Omr";\r\n'
    assert own.count(b"[fi]") == 2
    assert table(own.replace(b"CHARSET", other + b"CHARSET", 1)) == table(SAMPLE)


@pytest.mark.parametrize(
    ("old", "new", "role"),
    [
        (b"", b"", Role.NONE),
        (b"SOURCE=", b'MAP("Paikka")="x";\r\nSOURCE=', Role.AREA),
        (b"SOURCE=", b'VARIABLE-TYPE("Paikka")="G";\r\nSOURCE=', Role.AREA),
        (b"SOURCE=", b'VARIABLE-TYPE("Paikka")="Time";\r\nSOURCE=', Role.TIME),
        (b'CONTVARIABLE="Tiedot"', b'CONTVARIABLE="Paikka"', Role.CONTENTS),
    ],
)
def test_a_role_comes_from_the_file(old: bytes, new: bytes, role: Role) -> None:
    nameless = SAMPLE.replace(b'MAP("Alue")="Alue 2024";\r\n', b"").replace(b'"Alue"', b'"Paikka"')
    assert table(nameless.replace(old, new, 1)).dimensions[0].role is role


@pytest.mark.parametrize(
    "text", ["", "-", "+", ".", "1.", "1,5", "--1", "1e999", "1e99", "٣", "1" * 16, "0." + "1" * 16, "x"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    with pytest.raises(ValueError):
        Numbers()[text]


@pytest.mark.parametrize(
    ("text", "value"), [("-0.0", "0"), ("1.50", "1.5"), ("1E-2", "0.01"), ("100", "100"), ("-.5", "-0.5")]
)
def test_a_number_keeps_its_digits_and_loses_its_idle_noughts(text: str, value: str) -> None:
    assert str(Numbers()[text]) == value


@pytest.mark.parametrize(
    ("title", "sample", "old", "new", "code"),
    [
        ("nothing", SAMPLE, SAMPLE, b" \r\n", "cube-empty"),
        ("a web page", SAMPLE, SAMPLE, b"\n<!DOCTYPE html><html>Error 503</html>", "cube-html"),
        ("another kind of text", SAMPLE, SAMPLE, b"area;value\nKU991;5\n", "px-none"),
        ("a workbook", SAMPLE, SAMPLE, b"PK\x03\x04\x00\x00", "file-not-text"),
        ("cut off in the keywords", SAMPLE, SAMPLE[900:], b"", "px-form"),
        ("cut off before the cells", SAMPLE, SAMPLE[SAMPLE.index(b"DATA=") :], b"", "px-cells-missing"),
        ("cut off in the cells", SAMPLE, b' "." \r\n;', b"", "px-cut"),
        ("cut off in a number", SAMPLE, b'.7 "-" \r\n"..." "..." ".." "..." "..." "." \r\n;', b"", "px-cut"),
        ("a quotation mark left open", SAMPLE, b'"Grannby","', b'"Grannby,"', "px-form"),
        ("something after the end", SAMPLE, b"\r\n;", b"\r\n;\r\n5 6;", "px-after"),
        ("a cell too many", SAMPLE, b"595.0", b"595 0", "cube-count"),
        ("a cell too few", SAMPLE, b" 602.0", b"", "cube-count"),
        ("decimal commas", SAMPLE, b"8.2", b"8,2", "cube-count"),
        ("a word among the cells", SAMPLE, b" 31.0", b" paljon", "px-cell"),
        ("a number in quotation marks", SAMPLE, b" 31.0", b' "31.0"', "px-cell"),
        ("not a number", SAMPLE, b" 31.0", b" NaN", "px-cell"),
        ("two cells glued together", SAMPLE, b'".." "..."', b'"..""..." 1', "px-cell"),
        ("a number too long", SAMPLE, b" 31.0", b" 1234567890123456", "px-cell"),
        ("four dots without a meaning", SAMPLE, b'"."', b'"...."', "px-symbol"),
        ("dots with a meaning in words", SIGNS, b'"-"', b'"....."', "px-symbol"),
        ("a value too many", SAMPLE, b'"Naapurila",', b'"Naapurila","Uusi",', "px-counts"),
        ("a code twice", SAMPLE, b'"KU991","KU992"', b'"KU991","KU991"', "cube-code-twice"),
        ("a code left empty", SAMPLE, b'"KU991","KU992"', b'"KU991",""', "cube-code-empty"),
        (
            "a dimension twice",
            SAMPLE,
            b'HEADING="Kuukausi","Tiedot"',
            b'HEADING="Kuukausi","Kuukausi"',
            "cube-dimension-twice",
        ),
        ("a dimension without values", SAMPLE, b'STUB="Alue"', b'STUB="Alue","Ala"', "cube-dimension-empty"),
        ("no dimension", ROWS, b'STUB="Alue","Vuosi";\nHEADING="Tiedot";', b"", "cube-dimensions"),
        ("values without a comma", SAMPLE, b'CODES("Alue")="KU991"', b'CODES("Alue")=K "KU991"', "px-values"),
        ("a keyword twice", SAMPLE, b"MAP(", b'STUB="Kunta";\r\nMAP(', "px-twice"),
        ("decimals in words", SAMPLE, b"SHOWDECIMALS=0", b"SHOWDECIMALS=yksi", "px-whole"),
        ("a month there is none of", SAMPLE, b'"202409"', b'"202413"', "px-timeval"),
        ("two months for one column", SAMPLE, b'"202409"', b'"202410"', "px-periods"),
        ("a period too many", SAMPLE, b'"202409"', b'"202409","202410"', "px-counts"),
        ("no year of an old keyword", ROWS, b'AXIS-VERSION="2013";', b'PRESTEXT("Tiedot")=0;', "px-version"),
        ("numbers that must be altered", SAMPLE, b"COPYRIGHT=YES", b"CONFIDENTIAL=1", "px-confidential"),
        ("an encoding there is none of", SAMPLE, b"iso-8859-15", b"klingon", "px-encoding"),
        ("an encoding that is none of letters", SAMPLE, b"iso-8859-15", b"punycode", "px-encoding"),
        ("an encoding that does not fit", SAMPLE, b"iso-8859-15", b"us-ascii", "px-encoding"),
        ("the letters of DOS", SIGNS, b'CHARSET="ANSI";', b"", "px-encoding"),
        ("a control character", SAMPLE, b"Grannby", b"Grann\x07by", "character"),
        ("a row of a name unknown", ROWS, b'"KU992","vuosi 2023",7', b'"KU993","vuosi 2023",7', "px-key"),
        ("a row without a name", ROWS, b'"KU992","vuosi 2023",7', b'"KU992",7', "px-key"),
        ("a row named twice", ROWS, b'"KU992","vuosi 2023",7', b'"KU991","vuosi 2022",7', "px-row-twice"),
        ("a row cut off", ROWS, b" 1.50", b"", "px-row-short"),
        ("a row with a word", ROWS, b"12 5", b"12 x", "px-cell"),
        ("keys of some dimensions", ROWS, b'KEYS("Vuosi")=VALUES;', b"", "px-keys"),
        ("keys that do not tell apart", ROWS, b'"vuosi 2023","', b'"vuosi 2022","', "px-keys"),
        ("a personal identity code", SAMPLE, b"Laskentap", b"131052-308T p", "identity-code"),
        (
            "a personal identity code on two lines",
            SAMPLE,
            b'jatkuu"\r\n" toisella',
            b'131052-"\r\n"308T',
            "identity-code",
        ),
        ("a personal identity code for a number", SAMPLE, b" 31.0", b" 131052-308T", "identity-code"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_a_spoilt_file_is_refused_with_its_fault(title: str, sample: bytes, old: bytes, new: bytes, code: str) -> None:
    assert table(sample)
    assert sample.count(old) >= 1, title
    assert_refused(read_px, sample.replace(old, new, 1), code)


def test_a_file_that_declares_a_table_no_memory_holds_is_refused_first() -> None:
    values = b",".join(b'"%d"' % number for number in range(2000))
    data = b'STUB="a","b";VALUES("a")=%s;VALUES("b")=%s;DATA=1;' % (values, values)
    assert_refused(read_px, data, "cube-cells")
    assert_refused(read_px, b"A=;" * 100_001 + b"DATA=1;", "px-keywords")
    assert_refused(read_px, b"A" * 20_000_001, "cube-large")
    assert_refused(read_px, b"STUB=%s;DATA=1;" % values, "cube-dimensions")


def test_a_fault_is_told_with_its_place_and_number() -> None:
    spoilt = SAMPLE.replace(b"8.2", b"x").replace(b"8.3", b"x").replace(b'"."', b'"....."')
    _, problems = read_px(spoilt, "f.px")
    rows = SAMPLE[: SAMPLE.index(b"595.0")].count(b"\n") + 1
    assert [(one.code, str(one.place), one.values["times"]) for one in problems] == [
        ("px-cell", f"f.px:{rows}:7", 2),
        ("px-symbol", f"f.px:{rows + 2}:30", 1),
    ]


def test_a_personal_identity_code_is_never_repeated() -> None:
    for place in (b" 31.0", b'"202409"', b'"Naapurila",'):
        _, problems = read_px(SAMPLE.replace(place, b' "131052-308T",', 1), "f.px")
        assert [one.code for one in problems] == ["identity-code"]
        assert "131052" not in str(problems)
