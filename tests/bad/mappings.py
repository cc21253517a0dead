"""Bad mapping.yaml files, and mappings that do not fit their table."""

from __future__ import annotations

from tests.bad.bad import Bad
from tests.bad.made_workbook import Book
from tests.bad.texts import LONG, LONG_HEAD, WIDE, WIDE_HEAD

TABLE = f"{LONG_HEAD}asiakkaat;4/2021;Kuvitteila;5\n".encode()
TWO_SHEETS = Book({"Luvut": [["Mittari", "Kuukausi", "Kunta", "Määrä"]], "Muut": [["a"]]}).to_bytes()
FIXED = "across: period\nfixed:\n  indicator: asiakkaat\n"
FIXED_TABLE = b"4/2021\n5\n"


def slip(title: str, code: str, place: str, mapping: str, data: bytes = TABLE, name: str = "luvut.csv") -> Bad:
    """A mapping that is wrong; `place` is where in mapping.yaml."""
    return Bad(title, code, f"mapping.yaml{place}", data, name=name, mapping=mapping)


MAPPINGS = [
    slip("a mapping that is not YAML", "yaml-syntax", ":2:14", "columns:\n  indicator: %a\n"),
    slip("an unknown entry", "key-unknown", ":6:1", LONG + "colums: a\n"),
    slip("an unknown part", "key-unknown", ":6:3", LONG + "  unit: Yksikkö\n"),
    slip("a choice that is none", "choice", ":6:8", LONG + "empty: ohita\n"),
    slip("a heading row in words", "mapping-rows", ":6:9", LONG + "header: kolmas\n"),
    slip("a last row that is none", "mapping-rows", ":6:7", LONG + "last: -1\n"),
    slip("heading rows the wrong way", "mapping-rows", ":6:9", LONG + "header: 4-3\n"),
    slip("a part in two places", "mapping-both", ":7:9", LONG + "fixed:\n  area: Kuvitteila\n"),
    slip(
        "a part across and in a column", "mapping-both", ":5:9", LONG.replace("  value: Määrä\n", "") + "across: area\n"
    ),
    slip("figures in two ways", "mapping-value", ":6:9", LONG.replace("period: K", "note: K") + "across: period\n"),
    slip("no column of figures", "mapping-no-value", ":2:3", LONG.replace("  value: Määrä\n", "")),
    slip(
        "one figure for all",
        "mapping-fixed-value",
        ":7:10",
        LONG.replace("value: Määrä", "note: M") + "fixed:\n  value: 5\n",
    ),
    slip("headings without across", "mapping-headings", ":7:3", LONG + "headings:\n  Määrä: asiakkaat\n"),
    slip("words for a column that is not there", "mapping-part", ":7:3", LONG + "words:\n  group:\n    a: b\n"),
    slip("a table with a space", "mapping-table", ":6:13", LONG + "statistics: 12 r5\n"),
    slip("no time for a figure", "mapping-needed-observations", ":1:1", LONG.replace("  period: Kuukausi\n", "")),
    slip(
        "no content for a statistic",
        "mapping-needed-statistics",
        ":1:1",
        LONG.replace("indicator", "status") + "statistics: demo\n",
    ),
    slip(
        "a group for a statistic",
        "mapping-unfit-statistics",
        ":4:10",
        "statistics: demo\ncolumns:\n  period: a\n  group: b\n",
    ),
    slip("a content for an observation", "mapping-unfit-observations", ":6:12", LONG + "  content: Kuukausi\n"),
    slip("a fixed area that is none", "area-unknown", ":4:9", FIXED + "  area: Kuvitela\n", FIXED_TABLE),
    slip(
        "a fixed indicator that is none",
        "indicator-unknown",
        ":3:14",
        FIXED.replace("asiakkaat", "asiakas"),
        FIXED_TABLE,
    ),
    slip("a fixed source that is none", "source-unknown", ":4:11", FIXED + "  source: muistio\n", FIXED_TABLE),
    slip(
        "a fixed period that is none",
        "period",
        ":4:11",
        FIXED.replace("period", "area") + "  period: kesä\n",
        b"Kuvitteila\n5\n",
    ),
    slip("no such headings at all", "mapping-no-header", ":2:3", LONG, b"a;b;c\n1;2;3\n"),
    slip("one heading that is not there", "mapping-column", ":5:10", LONG.replace("Määrä", "Maara")),
    slip("a heading twice", "mapping-column-twice", ":5:10", LONG, TABLE.replace(b"Kunta", "Määrä".encode())),
    slip(
        "a heading to leave out that is not there",
        "mapping-column",
        ":7:5",
        WIDE + "leave-out:\n  - Yht.\n",
        WIDE_HEAD.encode(),
    ),
    slip("nothing across", "mapping-nothing-across", ":5:9", WIDE, b"Kunta\nKuvitteila\n"),
    slip("several sheets and none chosen", "mapping-sheet-needed", ":1:1", LONG, TWO_SHEETS, "luvut.xlsx"),
    slip("a sheet that is not there", "mapping-sheet", ":6:8", LONG + "sheet: Luku\n", TWO_SHEETS, "luvut.xlsx"),
]
