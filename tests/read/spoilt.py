"""Slips people make in the files of a home: what is changed in the made-up city, and the problem that must be named."""

from __future__ import annotations

from tests.read.slip import AREA, DATES, HOME, INDICATORS, ROWS, SOURCES, STATISTICS, SUMS, TEXT, Slip
from tests.read.spoilt_plan import PLAN_SLIPS

FIRST = "asiakkaat;2021-03;;;800;example;;"


def row(title: str, new: str, code: str, column: str = "") -> Slip:
    """A slip in the first row of observations.csv."""
    return Slip(title, ROWS, FIRST, new, code, f":2:{column}" if column else ":2")


SLIPS = [
    # The form of YAML
    Slip("a target that begins with a sign", INDICATORS, "unit: HTV", "unit: >35 %", "yaml-syntax", ":45:9"),
    Slip("a colon in a text", INDICATORS, "name: Talousarvio", "name: Talous: arvio", "yaml-syntax", ":35:9"),
    Slip("a percent sign first", INDICATORS, 'unit: "%"', "unit: %", "yaml-syntax", ":51:9"),
    Slip("a quote left open", SOURCES, "licence: EUPL-1.2", 'licence: "EUPL-1.2', "yaml-form", ":8:3"),
    Slip("a tab", SOURCES, "  licence: EUPL-1.2", "\tlicence: EUPL-1.2", "yaml-tab", ":8:1"),
    Slip("a key twice", AREA, "    code: 992", "    code: 992\n    code: 993", "yaml-twice", ":14:5"),
    Slip("a flow list", INDICATORS, "unit: HTV", "unit: [<46 vk, 3,39 M€]", "yaml-flow", ":45:9"),
    Slip("a fact without quotes", TEXT, 'value: "{{ toteuma }}"', "value: {{ toteuma }}", "yaml-flow", ":12:12"),
    Slip("a tag", INDICATORS, "unit: HTV", "unit: !tarkea HTV", "yaml-tag", ":45:9"),
    Slip("an anchor", INDICATORS, "unit: HTV", "unit: &htv HTV", "yaml-anchor", ":45:9"),
    Slip("an alias", INDICATORS, "unit: HTV", "unit: *htv", "yaml-anchor", ":45:9"),
    Slip("a remark behind a value", INDICATORS, "unit: HTV", "unit: HTV # vuosi", "yaml-comment", ":45:12"),
    Slip("a list as a key", SOURCES, "esimerkki:", "? - a\n: b\nesimerkki:", "yaml-key", ":1:3"),
    Slip("two documents", SUMS, "- name: Talousarvio", "---\n- name: Talousarvio", "yaml-documents", ":14:1"),
    Slip("a character from Word", INDICATORS, "Palvelun asiakkaat\n", "Palvelun\x0basiakkaat\n", "character", ":2:17"),
    Slip("half a character", INDICATORS, "unit: HTV", 'unit: "H\\ud83dTV"', "character", ":45:9"),
    # The shape of YAML
    Slip("an unknown key", INDICATORS, "group-name:", "groupname:", "key-unknown", ":16:3"),
    Slip("a key left out", INDICATORS, "  unit: HTV\n", "", "key-missing", ":43:1"),
    Slip("a key left empty", INDICATORS, "unit: HTV", "unit:", "key-missing", ":43:1"),
    Slip("a name without a value", TEXT, "alku: päivä palvelun-alku", "alku:", "value-missing", ":15:3"),
    Slip(
        "a text where a list is wanted",
        INDICATORS,
        "  groups:\n    - 15–24\n    - 25–34\n    - 35–44\n    - 45–54\n    - 55–64\n",
        "  groups: 15–24\n",
        "shape-list",
        ":17:11",
    ),
    Slip("a list where a text is wanted", INDICATORS, "unit: HTV", "unit:\n    - HTV", "shape-text", ":46:5"),
    Slip(
        "a text where entries are wanted",
        SOURCES,
        "",
        "esimerkki: Raportti\ndemo-tilasto:\n  title: T\n",
        "shape-mapping",
        ":1:12",
    ),
    Slip("a list where names are wanted", SOURCES, "", "- esimerkki\n", "shape-names", ":1:1"),
    Slip("a choice that is none", INDICATORS, "better: neither", "better: parempi", "choice", ":5:11"),
    Slip("decimals in words", INDICATORS, "decimals: 1", "decimals: yksi", "decimals", ":46:13"),
    Slip("a table of a file that is not there", TEXT, "total: yes", "csv: muu.csv", "table-file", ":53:10"),
    Slip("neither yes nor no", TEXT, "total: yes", "total: joo", "truth", ":53:12"),
    Slip(
        "a tolerance with a unit", SUMS, "  acknowledged:", "  tolerance: 5 €\n  acknowledged:", "tolerance", ":18:14"
    ),
    Slip("a date that is none", TEXT, "date: 2022-02-16", "date: helmikuussa", "period", ":4:7"),
    # Names that stand for nothing
    Slip("a language there is none of", HOME, "language: fi", "language: se", "choice", ""),
    Slip("an area there is none of", HOME, "area: kuvitteila", "area: kuvitela", "area-missing", ""),
    Slip("a scope that is no area", AREA, "scope: Yhteistyöalue", "scope: Yhteistyö", "area-unknown", ":3:8"),
    Slip("a member that is no area", AREA, "      - Naapurila", "      - Naapurla", "area-unknown", ":26:9"),
    Slip("two areas with one code", AREA, "code: 992", "code: 991", "area-twice", ":12:5"),
    Slip("an indicator with a backslash", INDICATORS, "toteuma:", "..\\toteuma:", "indicator-name", ":38:1"),
    Slip("an indicator with a space", INDICATORS, "toteuma:", "toteuma 2:", "indicator-name", ":38:1"),
    Slip(
        "an indicator's unknown source",
        INDICATORS,
        "source: demo-tilasto",
        "source: demotilasto",
        "source-unknown",
        ":31:11",
    ),
    Slip("a group twice", INDICATORS, "    - 25–34", "    - 15–24", "group-twice", ":19:7"),
    Slip("statistics without a content", INDICATORS, "demo TYOTTOMAT", "demo", "statistics-form", ":32:15"),
    Slip("an unknown statistics table", INDICATORS, "demo TYOTTOMAT", "dmo TYOTTOMAT", "statistics-table", ":32:15"),
    Slip(
        "a statistic with two names",
        INDICATORS,
        "talousarvio:\n",
        "toimistot:\n  name: A\n  unit: b\n  statistics: demo TYOTTOMAT\n  source: demo-tilasto\ntalousarvio:\n",
        "statistics-twice",
        ":37:15",
    ),
    # Rows
    Slip("an empty file", ROWS, "", "\n\n", "csv-empty", ":1"),
    Slip("an unknown column", ROWS, ";note", ";notes", "column-unknown", ":1:8"),
    Slip("a column twice", ROWS, ";note", ";source", "column-twice", ":1:8"),
    Slip("a missing column", ROWS, "indicator;period;", "indicator;", "column-missing", ":1"),
    row("a row too long", "asiakkaat;2021-03;;;800;example;;;x", "row-long"),
    row("a row too short", "asiakkaat;2021-03;;;800", "row-short"),
    row("an open quote", 'asiakkaat;2021-03;;;800;example;;"huomautus', "csv-quote"),
    row("text behind a quote", 'asiakkaat;2021-03;;;800;example;;"a"b', "csv-quote"),
    row("no indicator", ";2021-03;;;800;example;esimerkki;", "cell-empty", "indicator"),
    row("no period", "asiakkaat;;;;800;example;;", "cell-empty", "period"),
    row("an unknown indicator", "asiakaat;2021-03;;;800;example;;", "indicator-unknown", "indicator"),
    row("an unknown area", "asiakkaat;2021-03;Naapuri;;800;example;;", "area-unknown", "area"),
    row("an unknown group", "asiakkaat-ika;2021-03;;15-24;80;example;;", "group-unknown", "group"),
    row("a group too many", "asiakkaat;2021-03;;naiset;80;example;;", "group-unexpected", "group"),
    row("an unknown source", "asiakkaat;2021-03;;;800;example;esimerki;", "source-unknown", "source"),
    row("an unknown status", "asiakkaat;2021-03;;;800;lopullinen;;", "choice", "status"),
    row("no such month", "asiakkaat;2021-13;;;800;example;;", "period", "period"),
    row("no number", "asiakkaat;2021-03;;;;example;;", "number-empty", "value"),
    row("a word for a number", "asiakkaat;2021-03;;;paljon;example;;", "number-unreadable", "value"),
    row("two readings", "asiakkaat;2021-03;;;1.395;example;;", "number-ambiguous", "value"),
    row("a decimal point", "aktivointiaste;2021-03;;;36.9;example;;", "number-point", "value"),
    row("groups of two", "asiakkaat;2021-03;;;26 08;example;;", "number-groups", "value"),
    row("a number too long", "asiakkaat;2021-03;;;12345678901234567;example;;", "number-long", "value"),
    row("another unit", "talousarvio;2020;;;3,5 M€;example;;", "number-unit", "value"),
    row("more decimals than shown", "asiakkaat;2021-03;;;800,5;example;;", "value-decimals", "value"),
    row("a control character", "asiakkaat;2021-03;;;800;example;;a\x07b", "character", "35"),
    row("a personal identity code", "asiakkaat;2021-03;;;800;example;;131052-9085", "identity-code", "34"),
    Slip("the same figure twice", ROWS, FIRST, f"{FIRST}\n{FIRST}", "figure-twice", ":3:value"),
    Slip("two answers", ROWS, FIRST, f"{FIRST}\n{FIRST.replace('800', '801')}", "figure-contradicts", ":3:value"),
    Slip(
        "no source anywhere",
        INDICATORS,
        "  source: esimerkki\nasiakkaat-ika:",
        "asiakkaat-ika:",
        "source-missing",
        f"{ROWS}:2:source",
    ),
    Slip("the end before the start", DATES, "2021-03-13;2021-03-14", "2021-03-14;2021-03-13", "date-order", ":3:end"),
    Slip("a date twice", DATES, "siirto;", "palvelun-alku;", "date-twice", ":3:name"),
    Slip(
        "a statistic in a word", STATISTICS, "KU991,TYOTTOMAT,595", "KU991,TYOTTOMAT,?", "number-unreadable", ":2:value"
    ),
    row("a range that falls", "asiakkaat;2021-03;;;76–1;example;;", "number-range", "value"),
    row("a range with a word in it", "asiakkaat;2021-03;;;1–76 (arvio);example;;", "number-unreadable", "value"),
    # Files
    Slip(
        "Windows letters", DATES, "", "name;start;note\nalku;2021;kevättä\n".encode("cp1252"), "encoding-windows", ":2"
    ),
    Slip("an Excel file", ROWS, "", b"PK\x03\x04\x00\x00", "file-not-text", ""),
    Slip("UTF-16", DATES, "", "name;start;end\npalvelun-alku;2021;\n".encode("utf-16"), "encoding", ""),
    Slip("no encoding at all", DATES, "", b"name;start;end\n\xe4\x81;2021;\n", "encoding-unknown", ":2"),
    Slip(
        "a folder that is no period",
        "data/kuvitteila/2021-kopio/annual.md",
        "",
        "x",
        "folder-not-period",
        "data/kuvitteila/2021-kopio",
    ),
    # Texts
    Slip("no front matter", TEXT, "---\ntitle", "title", "front-matter-missing", ":1"),
    Slip(
        "front matter without an end",
        TEXT,
        "  - Toimintasuunnitelma 2022\n---",
        "  - Toimintasuunnitelma 2022",
        "front-matter-open",
        ":1",
    ),
    Slip("a fact with a hyphen", TEXT, "aste_2020:", "aste-2020:", "fact-name", ":27:14"),
    Slip("a fact with a reserved word", TEXT, "  kausi:", "  is:", "fact-name", ":17:7"),
    Slip("a figure with a space", TEXT, "  ikajakauma:\n", "  Ikä jakauma:\n", "anchor-name", ":32:3"),
    Slip("a table row too short", TEXT, "| {{ kuvitteilalaiset | osuus(asiakkaat) }}\n", "\n", "table-cells", ":50:9"),
    Slip(
        "a table without rows",
        TEXT,
        "    rows:\n      - Kuvitteila | {{ kuvitteilalaiset }} | {{ kuvitteilalaiset | osuus(asiakkaat) }}\n"
        "      - Naapurila | {{ naapurilalaiset }} | {{ naapurilalaiset | osuus(asiakkaat) }}\n"
        "      - Yhteensä | {{ asiakkaat }} | {{ asiakkaat | osuus(asiakkaat) }}\n",
        "",
        "key-missing",
        ":44:3",
    ),
    *PLAN_SLIPS,
]
