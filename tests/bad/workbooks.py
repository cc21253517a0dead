"""Bad workbooks: unsafe, broken, of another kind, with people in them, and with cells that cannot be read."""

from __future__ import annotations

from io import BytesIO

from tests.bad.bad import CODE, Bad
from tests.bad.made_workbook import HEAD, MAIN, PACKAGE, RELATIONS, Book, Cell, Rows, Xml, formatted, packed

HEADINGS: list[Cell] = ["indicator", "period", "area", "value", "note"]
ROW: list[Cell] = ["asiakkaat", "2021-04", "Kuvitteila", 5, ""]
GOOD: Rows = [HEADINGS, ROW]
PLAIN = Book({"Luvut": GOOD})
COMMENT = (
    f'<comments xmlns="{MAIN}"><commentList><comment ref="D2"><text>{{}}</text></comment></commentList></comments>'
)
SHEET_RELATIONS = f'<Relationships xmlns="{PACKAGE}/relationships">{{}}</Relationships>'
TO_COMMENT = SHEET_RELATIONS.format(f'<Relationship Id="rId1" Type="{RELATIONS}/comments" Target="../comments1.xml"/>')
LAUGHS = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))


def book(
    title: str, code: str, place: str, made: Book | bytes, *, warning: bool = False, name: str = "luvut.xlsx"
) -> Bad:
    """A bad workbook; `place` is what follows its name."""
    return Bad(
        title, code, f"{name}{place}", made if isinstance(made, bytes) else made.to_bytes(), name, warning=warning
    )


def cell(title: str, code: str, value: Cell, column: int = 3, *, warning: bool = False) -> Bad:
    """A bad cell in the row of figures, in the column of the value unless said otherwise."""
    row = [*ROW]
    row[column] = value
    return book(title, code, f":2:Luvut!{'ABCDE'[column]}2", Book({"Luvut": [HEADINGS, row]}), warning=warning)


def with_parts(**parts: str | bytes) -> Book:
    """The plain workbook with more parts; in their names a double underscore is a slash, a single one a full stop."""
    return Book({"Luvut": GOOD}, more={name.replace("__", "/").replace("_", "."): part for name, part in parts.items()})


def typed(kind: str) -> Book:
    """The plain workbook that calls itself something else."""
    inner = f'<Override PartName="/xl/workbook.xml" ContentType="{kind}"/>'
    return Book(
        {"Luvut": GOOD}, more={"[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{inner}</Types>'}
    )


def encrypted() -> bytes:
    """A zip file that says its members are encrypted."""
    data = bytearray(PLAIN.to_bytes())
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(sign, at + 1)
    return bytes(data)


def twice() -> bytes:
    """A zip file in which a part is there twice."""
    import warnings
    import zipfile

    out = BytesIO(PLAIN.to_bytes())
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return out.getvalue()


SHEET = PLAIN.parts()["xl/worksheets/sheet1.xml"]
assert isinstance(SHEET, str)


def sheet(text: str) -> Book:
    """The plain workbook with another first sheet."""
    return with_parts(xl__worksheets__sheet1_xml=text)


WORKBOOKS = [
    # Unsafe or of another kind
    book("an old workbook", "workbook-old", "", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, name="luvut.xls"),
    book(
        "a workbook with a password",
        "workbook-encrypted",
        "",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    ),
    book("a zip file with a password", "workbook-encrypted", "", encrypted()),
    book(
        "macros",
        "workbook-macros",
        "",
        typed("application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        name="luvut.xlsm",
    ),
    book("hidden macros", "workbook-macros", "", with_parts(xl__vbaProject_bin=b"\xd0\xcf")),
    book("a binary workbook", "workbook-binary", "", typed("application/vnd.ms-excel.sheet.binary.macroEnabled.main")),
    book("a Word file", "workbook-other", "", typed("application/vnd.openxmlformats-officedocument.wordprocessingml")),
    book("an OpenDocument table", "workbook-other", "", packed({"mimetype": "application/vnd.oasis.opendocument"})),
    book("a folder that was packed", "workbook-other", "", packed({"luvut.csv": "a;b"})),
    book("a bomb of one part", "workbook-bomb", "", with_parts(xl__media__a_bin=b"\0" * 60_000_000)),
    book("entities within entities", "workbook-entities", "", sheet(f"<!DOCTYPE a [{LAUGHS}]><a>&l9;</a>")),
    book(
        "an entity that reads a file",
        "workbook-entities",
        "",
        sheet('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
    ),
    book(
        "a document type among the texts", "workbook-entities", "", with_parts(docProps__core_xml="<!DOCTYPE a []><a/>")
    ),
    # Broken
    book("half a workbook", "workbook-broken", "", PLAIN.to_bytes()[:-300]),
    book("a workbook with a hole", "workbook-broken", "", PLAIN.to_bytes().replace(b"sheetData", b"sheetDaXX")[:1500]),
    book("a part twice", "workbook-broken", "", twice()),
    book("a sheet that is not XML", "workbook-broken", "", sheet("<worksheet><sheetData>")),
    book(
        "a sheet whose part is missing",
        "workbook-broken",
        "",
        Book(
            {"Luvut": GOOD},
            more={
                "xl/_rels/workbook.xml.rels": SHEET_RELATIONS.format(
                    f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet9.xml"/>'
                )
            },
        ),
    ),
    book("rows out of order", "workbook-broken", "", sheet(SHEET.replace('r="1"', 'r="9"', 1))),
    book("a cell behind the last column", "workbook-broken", "", sheet(SHEET.replace('r="E1"', 'r="ZZZ1"', 1))),
    book("a text that is not in the list", "workbook-broken", "", Book({"Luvut": [HEADINGS, [Xml('t="s"|<v>7</v>')]]})),
    book("a style that is not there", "workbook-broken", "", Book({"Luvut": [HEADINGS, [*ROW[:3], formatted(5, 99)]]})),
    # Nothing to read
    book("an empty workbook", "workbook-empty", "", Book({"Luvut": []})),
    book("everything hidden", "workbook-empty", "", Book({"Luvut": GOOD}, states={"Luvut": "hidden"})),
    book("other headings", "import-columns", "", Book({"Luvut": [["Kunta", "Luku"], ["Kuvitteila", 5]]})),
    book(
        "statistics in a workbook without a table",
        "import-table-needed",
        "",
        Book({"Luvut": [["period", "area", "content", "value"]]}),
    ),
    book(
        "a heading that is no column", "column-unknown", ":1:Luvut!F1", Book({"Luvut": [[*HEADINGS, "yksikkö"], ROW]})
    ),
    book("a heading twice in a workbook", "column-twice", ":1:Luvut!F1", Book({"Luvut": [[*HEADINGS, "note"], ROW]})),
    # What is told
    book(
        "a hidden sheet",
        "workbook-hidden",
        ":Piilo",
        Book({"Luvut": GOOD, "Piilo": GOOD}, states={"Piilo": "veryHidden"}),
        warning=True,
    ),
    book("hidden rows", "workbook-hidden-rows", ":2:Luvut", Book({"Luvut": GOOD}, hidden_rows=[2]), warning=True),
    book(
        "another sheet with figures",
        "workbook-unread",
        ":Muut",
        Book({"Luvut": GOOD, "Muut": [["Kunta"], [7]]}),
        warning=True,
    ),
    cell("a figure from another workbook", "workbook-links", Xml("|<f>[1]Luvut!D5</f><v>5</v>"), warning=True),
    # Cells
    cell("a formula without a result", "workbook-formula", Xml("|<f>SUM(A1:A9)</f><v></v>")),
    cell("a formula that was never calculated", "workbook-formula", Xml("|<f>SUM(A1:A9)</f>")),
    cell("an error of Excel", "workbook-error", Xml('t="e"|<v>#REF!</v>')),
    cell("yes for a figure", "workbook-truth", Xml('t="b"|<v>1</v>')),
    cell("a date for a figure", "workbook-date", formatted(44866, 2)),
    cell("a date of the other calendar for a figure", "workbook-date", Xml('t="d"|<v>2022-11-01</v>')),
    cell("a time of day for a figure", "workbook-time", formatted(0.5, 6)),
    cell("a fraction for a figure", "workbook-fraction", formatted(0.5, 5)),
    cell("millions shown, euros held", "workbook-scaled", formatted(3400000, 4)),
    cell("a number that is none", "workbook-number", Xml("|<v>NaN</v>")),
    cell("a number beyond measure", "number-long", Xml("|<v>1E+300</v>")),
    cell("a number next to nothing", "number-long", Xml("|<v>5.684341886080801E-30</v>")),
    cell("an unseen sign", "workbook-character", "5\u200b"),
    cell("a text for a figure", "number-unreadable", "viisi"),
    cell("two readings in a cell", "number-ambiguous", "1.395"),
    cell("a unit that the format shows", "number-unit", formatted(3.39, 3)),
    cell("a share for a count", "number-unit", formatted(0.369, 1)),
    cell("no figure in its cell", "number-empty", None),
    cell("an unknown area in a cell", "area-unknown", "Naapuri", 2),
    cell("a date for an area", "workbook-date", formatted(44866, 2), 2),
    cell("a truth for a time", "workbook-truth", Xml('t="b"|<v>1</v>'), 1),
    cell("a number for a time", "period", 44866, 1),
    cell("an identity code in a cell", "people-code", CODE, 4),
    book(
        "one figure for two rows",
        "workbook-merged",
        ":2:Luvut!D2",
        Book({"Luvut": [HEADINGS, ROW, [*ROW[:1], "2021-05", *ROW[2:3]]]}, merged={"Luvut": ["D2:D3"]}),
    ),
    # People
    book(
        "an identity code in a hidden sheet",
        "people-code",
        ":1:Piilo!A1",
        Book({"Luvut": GOOD, "Piilo": [[CODE]]}, states={"Piilo": "hidden"}),
    ),
    book(
        "an identity code as a formula's result",
        "people-code",
        ":2:Luvut!E2",
        Book({"Luvut": [HEADINGS, [*ROW[:4], Xml(f't="str"|<f>A1</f><v>{CODE}</v>')]]}),
    ),
    book(
        "an identity code in pieces",
        "people-code",
        ":2:Luvut!E2",
        Book({"Luvut": [HEADINGS, [*ROW[:4], Xml('t="inlineStr"|<is><r><t>131052</t></r><r><t>-308T</t></r></is>')]]}),
    ),
    book(
        "an identity code in a comment",
        "people-comment",
        ":Luvut!D2",
        Book(
            {"Luvut": GOOD},
            more={
                "xl/comments1.xml": COMMENT.format(f"<r><t>tunnus {CODE[:6]}</t></r><r><t>{CODE[6:]}</t></r>"),
                "xl/worksheets/_rels/sheet1.xml.rels": TO_COMMENT,
            },
        ),
    ),
    book(
        "an identity code in the properties",
        "people-part",
        "",
        with_parts(docProps__core_xml=f"<a><title>{CODE}</title></a>"),
    ),
    book(
        "an identity code in a formula",
        "people-part",
        ":Luvut",
        Book({"Luvut": [HEADINGS, [*ROW[:4], Xml(f'|<f>IF(A1="{CODE}",1,2)</f><v>2</v>')]]}),
    ),
    book(
        "an identity code in a header",
        "people-part",
        ":Luvut",
        sheet(SHEET.replace("</sheetData>", f"</sheetData><headerFooter><oddHeader>{CODE}</oddHeader></headerFooter>")),
    ),
    book(
        "an identity code in a header, its hyphen written as a number",
        "people-part",
        ":Luvut",
        sheet(
            SHEET.replace(
                "</sheetData>",
                f"</sheetData><headerFooter><oddHeader>{CODE.replace('-', '&#45;')}</oddHeader></headerFooter>",
            )
        ),
    ),
    book(
        "an identity code in a pivot table's source",
        "people-part",
        "",
        with_parts(xl__pivotCache__pivotCacheRecords1_xml=f'<a><s v="{CODE}"/></a>'),
    ),
    book(
        "an identity code in a name",
        "people-part",
        "",
        Book({"Luvut": GOOD}, workbook=f'<definedNames><definedName name="a">"{CODE}"</definedName></definedNames>'),
    ),
    book(
        "an identity code that no cell shows",
        "people-part",
        "",
        with_parts(xl__sharedStrings_xml=f"{HEAD}<sst><si><t>{CODE}</t></si></sst>"),
    ),
    book("an identity code in a sheet's name", "people-part", "", Book({CODE: GOOD})),
]
