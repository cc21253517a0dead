"""The named styles of a Word template: what a paragraph inherits, and the character styles that running text needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.write.docx_xml import NAMESPACES, RUN, VALUE, child, name, parse, part_bytes, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Built-in names are the same in every language of Word; the looks stand in only for what a template has removed.
CHARACTER_STYLES = {
    "Strong": "<w:b/><w:bCs/>",
    "Emphasis": "<w:i/><w:iCs/>",
    "Intense Emphasis": "<w:b/><w:bCs/><w:i/><w:iCs/>",
    "Hyperlink": '<w:u w:val="single"/>',
}
BODY_LEVEL = 9
# What Word takes where a file says nothing: points, and twentieths of a point.
DEFAULT_POINTS, DEFAULT_PADDING = 10.0, 108


class Styles:
    """The styles part; `text` names the character styles of strong, emphasised and linked text by their ids."""

    def __init__(self, xml: bytes) -> None:
        self._root = parse(xml)
        self._styles = {style.get(name("w:styleId"), ""): style for style in self._root.iter(name("w:style"))}
        self._levels: dict[str, int] = {}
        self._by_name = {(style.get(name("w:type"), ""), _called(style)): key for key, style in self._styles.items()}
        self.text = {called: self._character(called, look) for called, look in CHARACTER_STYLES.items()}

    def xml(self) -> bytes:
        """The part with the character styles that were missing."""
        return part_bytes(self._root)

    def missing(self, paragraph: Element) -> str:
        """The id of the style that a paragraph asks for and the template does not have; empty where all is well."""
        key = value(child(paragraph, "w:pPr"), "w:pStyle")
        return "" if key in self._styles else key

    def outline(self, paragraph: Element) -> int:
        """The heading level of a paragraph from 0, 9 for body text."""
        look = child(paragraph, "w:pPr")
        if own := value(look, "w:outlineLvl"):
            return int(own)
        key = value(look, "w:pStyle")
        if key not in self._levels:
            self._levels[key] = self._style_level(key)
        return self._levels[key]

    def numbering(self, paragraph: Element) -> tuple[str, str]:
        """The list (`w:numId`) and depth (`w:ilvl`) of a paragraph, its own or its style's; empty where it has none."""
        look = child(paragraph, "w:pPr")
        number, depth = value(look, "w:numPr/w:numId"), value(look, "w:numPr/w:ilvl")
        for style in self._ancestry(value(look, "w:pStyle")):
            number = number or value(style, "w:pPr/w:numPr/w:numId")
            depth = depth or value(style, "w:pPr/w:numPr/w:ilvl")
        return number, depth or "0"

    def tab_stops(self, paragraph: Element) -> dict[int, str]:
        """The tab stops of a paragraph, its own and its style's: position in twentieths of a point -> kind."""
        look = child(paragraph, "w:pPr")
        holders = [child(style, "w:pPr") for style in reversed(self._ancestry(value(look, "w:pStyle")))]
        found: dict[int, str] = {}
        for holder in (*holders, look):
            stops = None if holder is None else child(holder, "w:tabs")
            found |= {
                int(stop.get(name("w:pos"), "0")): stop.get(VALUE, "") for stop in (() if stops is None else stops)
            }
        return {position: kind for position, kind in found.items() if kind != "clear"}

    def points(self, paragraph: Element) -> float:
        """The type size of a paragraph: of its first run, its style, or the whole file."""
        runs = [child(run, "w:rPr") for run in paragraph.iter(RUN)]
        style_looks = [child(style, "w:rPr") for style in self._ancestry(value(child(paragraph, "w:pPr"), "w:pStyle"))]
        default = self._root.find("/".join(map(name, ("w:docDefaults", "w:rPrDefault", "w:rPr"))))
        sizes = (value(look, "w:sz") for look in (*runs[:1], *style_looks, default))
        return next((int(size) / 2 for size in sizes if size), DEFAULT_POINTS)

    def cell_padding(self, table: Element) -> int:
        """The left and right margin of a table's cells together, in twentieths of a point."""
        properties = child(table, "w:tblPr")
        holders = [properties, *(child(style, "w:tblPr") for style in self._ancestry(value(properties, "w:tblStyle")))]
        for holder in holders:
            margins = None if holder is None else child(holder, "w:tblCellMar")
            sides = [] if margins is None else [margins.find(name(f"w:{side}")) for side in ("left", "right")]
            if any(side is not None for side in sides):
                return sum(int(side.get(name("w:w"), "0")) for side in sides if side is not None)
        return 2 * DEFAULT_PADDING

    def _style_level(self, key: str) -> int:
        for style in self._ancestry(key):
            if level := value(style, "w:pPr/w:outlineLvl"):
                return int(level)
            called = _called(style)
            if called.startswith("heading ") and called[8:].isdecimal():
                return int(called[8:]) - 1
        return BODY_LEVEL

    def _ancestry(self, key: str) -> list[Element]:
        line: list[Element] = []
        while (style := self._styles.get(key)) is not None and style not in line:
            line.append(style)
            key = value(style, "w:basedOn")
        return line

    def _character(self, called: str, look: str) -> str:
        if key := self._by_name.get(("character", called.lower())):
            return key
        key = called.replace(" ", "")
        while key in self._styles:
            key += "1"
        style = parse(
            f'<w:style xmlns:w="{NAMESPACES["w"]}" w:type="character" w:styleId="{key}"><w:name w:val="{called}"/>'
            f'<w:uiPriority w:val="99"/><w:qFormat/><w:rPr>{look}</w:rPr></w:style>'
        )
        self._root.append(style)
        self._styles[key] = style
        return key


def _called(style: Element) -> str:
    return value(style, "w:name").lower()
