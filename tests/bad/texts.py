"""Bad text files: in our own columns, and through a mapping."""

from __future__ import annotations

from tests.bad.bad import CODE, Bad

HEAD = "indicator;period;area;group;value;status;source;note\n"
LONG = """columns:
  indicator: Mittari
  period: Kuukausi
  area: Kunta
  value: Määrä
"""
LONG_HEAD = "Mittari;Kuukausi;Kunta;Määrä\n"
WIDE = """columns:
  area: Kunta
fixed:
  indicator: asiakkaat
across: period
"""
WIDE_HEAD = "Kunta;1/2021;2/2021\n"
STATISTICS = """statistics: demo
columns:
  period: time
  area: alue
across: content
"""
STATISTICS_HEAD = "alue,time,TYOTTOMAT\n"


def ours(title: str, code: str, row: str, column: str = "", *, warning: bool = False) -> Bad:
    """A slip in the first row of a file in our own columns."""
    place = f"luvut.csv:2:{column}" if column else "luvut.csv:2"
    return Bad(title, code, place, f"{HEAD}{row}\n".encode(), warning=warning)


def long(title: str, code: str, row: str, column: str = "", *, more: str = "", warning: bool = False) -> Bad:
    """A slip in the first row of somebody else's table with one figure a row."""
    place = f"luvut.csv:2:{column}" if column else "luvut.csv:2"
    return Bad(title, code, place, f"{LONG_HEAD}{row}\n".encode(), mapping=LONG + more, warning=warning)


def wide(title: str, code: str, place: str, text: str, more: str = "", *, warning: bool = False) -> Bad:
    """A slip in somebody else's table with months as headings."""
    return Bad(title, code, f"luvut.csv:{place}", text.encode(), mapping=WIDE + more, warning=warning)


def statistic(title: str, code: str, place: str, text: str, more: str = "", *, warning: bool = False) -> Bad:
    """A slip in a file of statistics."""
    return Bad(title, code, f"luvut.csv{place}", text.encode(), mapping=STATISTICS + more, warning=warning)


TEXTS = [
    Bad(
        "a table for what is no statistic",
        "import-table-idle",
        "luvut.csv",
        f"{HEAD}asiakkaat;2021-04;;;5;;;\n".encode(),
        options={"table": "demo"},
    ),
    Bad("a line without end", "import-line", "luvut.csv:1", b"a;" * 200_000),
    # The file as a whole
    Bad("no bytes at all", "csv-empty", "luvut.csv:1", b""),
    Bad("nothing but empty lines", "import-columns", "luvut.csv", b"\n\n;;;\n"),
    Bad("another table without a mapping", "import-columns", "luvut.csv", b"Kunta;Luku\nKuvitteila;5\n"),
    Bad("an error page instead of a table", "cube-html", "luvut.csv", b"<!DOCTYPE html><html>429</html>"),
    Bad(
        "statistics of no table", "import-table-needed", "luvut.csv", b"period,area,content,value\n2021-01,KU991,A,5\n"
    ),
    Bad(
        "an encoding nobody knows",
        "encoding-unknown",
        "luvut.csv:2",
        HEAD.encode() + b"asiakkaat;2021;\xe4\x81;;5;;;\n",
    ),
    Bad("half a UTF-16 file", "encoding-unknown", "luvut.csv:2", HEAD.encode("utf-16") + b"a"),
    Bad(
        "Windows letters",
        "encoding-windows",
        "luvut.csv:2",
        (HEAD + "asiakkaat;2021-04;Kuvitteila;;5;;;kevättä\n").encode("cp1252"),
        warning=True,
    ),
    Bad(
        "UTF-16",
        "encoding",
        "luvut.csv",
        (HEAD + "asiakkaat;2021-04;Kuvitteila;;5;;;\n").encode("utf-16"),
        warning=True,
    ),
    Bad("a picture", "encoding-unknown", "luvut.csv:1", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x81\x8d"),
    Bad(
        "a control character",
        "character",
        "luvut.csv:2:32",
        (HEAD + "asiakkaat;2021-04;Kuvitteila;;5\x07;;;\n").encode(),
    ),
    # Our own columns
    ours("a row too long", "row-long", "asiakkaat;2021-04;Kuvitteila;;5;;;;x"),
    ours("a row too short", "row-short", "asiakkaat;2021-04;Kuvitteila;;5"),
    ours("an open quote", "csv-quote", 'asiakkaat;2021-04;Kuvitteila;;5;;;"avoin'),
    ours("two lines in a cell", "csv-quote", 'asiakkaat;2021-04;Kuvitteila;;5;;;"kaksi\nriviä"'),
    ours("an unknown indicator", "indicator-unknown", "asiakaat;2021-04;;;5;;;", "indicator"),
    ours("an unknown area", "area-unknown", "asiakkaat;2021-04;Naapuri;;5;;;", "area"),
    ours("an unknown group", "group-unknown", "asiakkaat-ika;2021-04;;15-25;5;;;", "group"),
    ours("an unknown source", "source-unknown", "asiakkaat;2021-04;;;5;;muistio;", "source"),
    ours("an unknown status", "choice", "asiakkaat;2021-04;;;5;varma;;", "status"),
    ours("no such month", "period", "asiakkaat;2021-13;;;5;;;", "period"),
    ours("no figure", "number-empty", "asiakkaat;2021-04;;;;;;", "value"),
    ours("a word for a figure", "number-unreadable", "asiakkaat;2021-04;;;viisi;;;", "value"),
    ours("two readings", "number-ambiguous", "asiakkaat;2021-04;;;1.395;;;", "value"),
    ours("a decimal point", "number-point", "aktivointiaste;2021-04;;;36.9;;;", "value"),
    ours("spaces in the wrong places", "number-groups", "asiakkaat;2021-04;;;26 08;;;", "value"),
    ours("a unit of another kind", "number-unit", "toteuma;2021;;;3,5 M€;;;", "value"),
    ours("a number without end", "number-long", "asiakkaat;2021-04;;;12345678901234567;;;", "value"),
    ours("a range the wrong way", "number-range", "asiakkaat;2021-04;;;76–1;;;", "value"),
    ours("more decimals than are shown", "value-decimals", "asiakkaat;2021-04;;;5,25;;;", "value", warning=True),
    ours("a formula for a figure", "number-unreadable", "asiakkaat;2021-04;;;=1+2;;;", "value"),
    Bad(
        "an unknown column",
        "column-unknown",
        "luvut.csv:1:4",
        b"indicator;period;value;unit\nasiakkaat;2021-04;5;kpl\n",
    ),
    Bad("a column twice", "column-twice", "luvut.csv:1:4", b"indicator;period;value;value\nasiakkaat;2021-04;5;6\n"),
    Bad(
        "the same figure twice",
        "import-twice",
        "luvut.csv:3:value",
        f"{HEAD}asiakkaat;2021-04;;;5;;;\nasiakkaat;2021-04;;;5;;;\n".encode(),
        warning=True,
    ),
    Bad(
        "two answers",
        "import-contradicts",
        "luvut.csv:3:value",
        f"{HEAD}asiakkaat;2021-04;;;5;;;\nasiakkaat;4/2021;;;6;;;\n".encode(),
    ),
    Bad(
        "two notes",
        "import-notes",
        "luvut.csv:3:value",
        f"{HEAD}asiakkaat;2021-04;;;5;;;a\nasiakkaat;4/2021;;;5;;;b\n".encode(),
    ),
    Bad(
        "two statuses",
        "import-contradicts",
        "luvut.csv:3:value",
        f"{HEAD}asiakkaat;2021-04;;;5;;;\nasiakkaat;4/2021;;;5;preliminary;;\n".encode(),
    ),
    ours("a figure of another source", "import-conflict", "asiakkaat;2021-03;;;5;;demo-tilasto;", "value"),
    ours("a figure that a statistic has", "import-in-statistics", "tyottomat;2021-01;Kuvitteila;;5;;;", "value"),
    # People
    ours("an identity code in a note", "people-code", f"asiakkaat;2021-04;;;5;;;asiakas {CODE}", "33"),
    ours("an identity code for a figure", "people-code", f"asiakkaat;2021-04;;;{CODE};;;", "21"),
    ours("an identity code behind a word", "people-code", f"asiakkaat;2021-04;;;5;;;hetu{CODE}", "29"),
    ours("an identity code with a dash", "people-code", f"asiakkaat;2021-04;;;5;;;{CODE.replace('-', '–')}", "25"),
    ours("an identity code with spaces", "people-code", f"asiakkaat;2021-04;;;5;;;{CODE.replace('-', ' - ')}", "25"),
    ours("an identity code in small letters", "people-code", f"asiakkaat;2021-04;;;5;;;{CODE.lower()}", "25"),
    ours("an identity code of the new kind", "people-code", "asiakkaat;2021-04;;;5;;;131052Y308T", "25"),
    ours("an identity code without its sign", "people-code", "asiakkaat;2021-04;;;5;;;131052308T", "25"),
    Bad("an identity code in the file's name", "people-file-name", "", HEAD.encode(), name=f"luvut {CODE}.csv"),
    Bad(
        "an identity code among broken rows",
        "people-code",
        "luvut.csv:3:1",
        f"{HEAD}a;b\n{CODE}\n".encode(),
    ),
    *(
        Bad(
            f"a column headed {heading}",
            code,
            "luvut.csv:1:5",
            f"{LONG_HEAD.strip()};{heading}\nasiakkaat;4/2021;Kuvitteila;5;\n".encode(),
            mapping=LONG,
            warning=True,
        )
        for heading, code in (
            ("Sukunimi", "people-name"),
            ("katuosoite", "people-address"),
            ("E-mail", "people-email"),
            ("Puh.", "people-phone"),
            ("syntyma_aika", "people-birth"),
        )
    ),
    *(
        Bad(
            title,
            code,
            "luvut.csv:1:5",
            f"{LONG_HEAD.strip()};Tieto\n".encode()
            + "".join(f"asiakkaat;{at}/2021;Kuvitteila;5;{cell}\n" for at, cell in enumerate(cells, 4)).encode(),
            mapping=LONG,
            warning=True,
        )
        for title, code, cells in (
            ("cells like names", "people-name", ["Aino Esimerkki", "Esimerkki, Onni", "Eeva-Liisa Malli"]),
            (
                "cells like addresses",
                "people-address",
                ["Mallikatu 5", "Esimerkintie 12 B 7", "Kirkkotie 3, 00999 Malli"],
            ),
            ("cells like e-mail", "people-email", ["a@malli.fi", "b.c@malli.fi", "d@malli.fi"]),
            ("cells like telephone numbers", "people-phone", ["040 1234567", "+358 40 123 4567", "0401234567"]),
        )
    ),
    # Somebody else's table
    long("a cell too many", "row-long", "asiakkaat;4/2021;Kuvitteila;5;6"),
    long("a cell too few", "row-short", "asiakkaat;4/2021;Kuvitteila"),
    long("no figure where one belongs", "number-empty", "asiakkaat;4/2021;Kuvitteila;", "Määrä"),
    long("no area", "cell-empty", "asiakkaat;4/2021;;5", "Kunta"),
    long("no time", "cell-empty", "asiakkaat;;Kuvitteila;5", "Kuukausi"),
    long("a total among the areas", "import-area-name", "asiakkaat;4/2021;Yhteensä;5", "Kunta"),
    long("an indicator of another name", "import-indicator-name", "Asiakkaita;4/2021;Kuvitteila;5", "Mittari"),
    long("a time that is none", "period", "asiakkaat;kevät 2021;Kuvitteila;5", "Kuukausi"),
    long("the first of a month in a text", "import-first-day", "asiakkaat;1.4.2021;Kuvitteila;5", "Kuukausi"),
    long(
        "a comma where points are",
        "import-comma",
        "asiakkaat;4/2021;Kuvitteila;1,395",
        "Määrä",
        more="decimals: point\n",
    ),
    long("a unit that cannot be converted", "import-unit", "asiakkaat;4/2021;Kuvitteila;5", "Määrä", more="unit: M€\n"),
    wide(
        "a total among the months, the year above them all",
        "import-heading",
        "2:2021 yhteensä",
        "Kunta;2021;2021\n;tammi;yhteensä\nKuvitteila;5;5\n",
        "header: 1-2\n",
    ),
    wide(
        "months of two kinds",
        "import-heading",
        "2:toteuma 1/2021",
        "Kunta;toteuma;ennuste\n;1/2021;2/2021\nKuvitteila;5;5\n",
        "header: 1-2\n",
    ),
    wide("a heading that is no month", "import-heading", "1:Yhteensä", "Kunta;1/2021;Yhteensä\nKuvitteila;5;5\n"),
    wide("a heading of two readings", "import-first-day", "1:1.4.2021", "Kunta;1.4.2021\nKuvitteila;5\n"),
    wide("an empty cell", "import-empty", "2:1/2021", f"{WIDE_HEAD}Kuvitteila;;5\n", warning=True),
    wide("an empty cell that is an error", "number-empty", "2:1/2021", f"{WIDE_HEAD}Kuvitteila;;5\n", "empty: error\n"),
    wide("a second table below", "import-area-name", "4:Kunta", f"{WIDE_HEAD}Kuvitteila;4;5\n\nNaapuri;6;7\n"),
    wide("two figures for one", "import-contradicts", "3:1/2021", f"{WIDE_HEAD}Kuvitteila;4;5\nKU991;6;5\n"),
    Bad(
        "years across from months",
        "import-not-year",
        "luvut.csv:2:Vuosi",
        b"Vuosi;tammi;helmi\n3/2021;5;6\n",
        mapping="columns:\n  period: Vuosi\nfixed:\n  indicator: asiakkaat\nacross: month\n",
    ),
    statistic("an area without a code", "import-area-code", ":2:alue", f"{STATISTICS_HEAD}Kaupunki,2021-01,5\n"),
    statistic("a content of two words", "import-content-code", ":2", "alue,time,Avoimet paikat\nKU991,2021-01,5\n"),
    statistic(
        "an estimate in a statistic", "number-unreadable", ":2:TYOTTOMAT", f"{STATISTICS_HEAD}KU991,2021-01,n. 5\n"
    ),
    statistic("a quarter", "period", ":2:time", f"{STATISTICS_HEAD}KU991,2021Q1,5\n"),
    statistic("nobody's areas", "import-no-area", "", f"{STATISTICS_HEAD}KU001,2021-01,5\n", warning=True),
    statistic("a figure twice", "import-contradicts", ":3", f"{STATISTICS_HEAD}KU991,2021-01,5\nKU991,1/2021,6\n"),
    # Files of other programs
    Bad("a table with a broken table of contents", "px-none", "luvut.px:1", b'CHARSET="ANSI" AXIS', name="luvut.px"),
    Bad("JSON that is no table", "jsonstat-none", "luvut.json", b'{"a": 1}', name="luvut.json", options={"table": "x"}),
]
