"""A small workbook made part by part, so that any part of it can be spoilt."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from reports.intake.table import letters

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
FORMATS = {1: "0.0%", 2: "d.m.yyyy", 3: '0.00" M€"', 4: "0.0,,", 5: "# ?/?", 6: "h:mm", 7: "000", 8: '0" kpl"'}


class Xml(str):
    """The inside of a cell as XML, with its attributes before a bar: `t="b"|<v>1</v>`."""

    __slots__ = ()


Cell = str | int | float | None
Rows = Sequence[Sequence[Cell]]


@dataclass
class Book:
    """A workbook: sheets by name, and parts that are put in the place of those made from them."""

    sheets: Mapping[str, Rows]
    states: Mapping[str, str] = field(default_factory=dict)
    merged: Mapping[str, Sequence[str]] = field(default_factory=dict)
    hidden_rows: Sequence[int] = ()
    more: Mapping[str, str | bytes] = field(default_factory=dict)
    workbook: str = ""

    def parts(self) -> dict[str, str | bytes]:
        """Every part by name."""
        names = list(self.sheets)
        made: dict[str, str | bytes] = {
            "[Content_Types].xml": self._types(len(names)),
            "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
            "xl/workbook.xml": self._workbook(names),
            "xl/_rels/workbook.xml.rels": _relations(
                [("worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(names) + 1)]
                + [("styles", "styles.xml")]
            ),
            "xl/styles.xml": _styles(),
        }
        for at, name in enumerate(names, 1):
            made[f"xl/worksheets/sheet{at}.xml"] = self._sheet(name)
        return made | dict(self.more)

    def to_bytes(self) -> bytes:
        """The file."""
        return packed(self.parts())

    def _types(self, count: int) -> str:
        overrides = {"xl/workbook.xml": "sheet.main", "xl/styles.xml": "styles"}
        overrides |= {f"xl/worksheets/sheet{at}.xml": "worksheet" for at in range(1, count + 1)}
        inner = "".join(
            f'<Override PartName="/{part}" ContentType="{SHEET_TYPE}.{kind}+xml"/>' for part, kind in overrides.items()
        )
        default = '<Default Extension="xml" ContentType="application/xml"/>'
        return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{default}{inner}</Types>'

    def _workbook(self, names: Sequence[str]) -> str:
        sheets = "".join(
            f'<sheet name={quoteattr(name)} sheetId="{at}" state="{self.states.get(name, "visible")}" r:id="rId{at}"/>'
            for at, name in enumerate(names, 1)
        )
        spaces = f'xmlns="{MAIN}" xmlns:r="{RELATIONS}"'
        return f"{HEAD}<workbook {spaces}>{self.workbook}<sheets>{sheets}</sheets></workbook>"

    def _sheet(self, name: str) -> str:
        rows = "".join(self._row(number, row) for number, row in enumerate(self.sheets[name], 1) if row)
        ranges = "".join(f'<mergeCell ref="{one}"/>' for one in self.merged.get(name, ()))
        merged = f"<mergeCells>{ranges}</mergeCells>" if ranges else ""
        return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{merged}</worksheet>'

    def _row(self, number: int, row: Sequence[Cell]) -> str:
        cells = "".join(_cell(f"{letters(at)}{number}", cell) for at, cell in enumerate(row) if cell is not None)
        hidden = ' hidden="1"' if number in self.hidden_rows else ""
        return f'<row r="{number}"{hidden}>{cells}</row>'


def _cell(place: str, cell: Cell) -> str:
    if isinstance(cell, Xml):
        attributes, _, inner = cell.partition("|")
        return f'<c r="{place}" {attributes}>{inner}</c>'
    if isinstance(cell, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    return f'<c r="{place}"><v>{cell}</v></c>'


def _relations(found: Sequence[tuple[str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{at}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(found, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def _styles() -> str:
    formats = "".join(f'<numFmt numFmtId="{163 + at}" formatCode={quoteattr(one)}/>' for at, one in FORMATS.items())
    styles = "".join(f'<xf numFmtId="{163 + at}"/>' for at in FORMATS)
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts>'
        f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>'
    )


def formatted(value: str | float, style: int) -> Xml:
    """A number in one of FORMATS."""
    return Xml(f's="{style}"|<v>{value}</v>')


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Parts as a zip file."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()
