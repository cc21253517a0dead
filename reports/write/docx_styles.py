"""The named styles of a Word template: what a paragraph inherits, and the character styles that running text needs."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import TYPE_CHECKING

from reports.write.docx_xml import NAMESPACES, RUN, VALUE, child, drop, name, parse, part_bytes, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Built-in names are the same in every language of Word; the looks stand in only for what a template has removed.
CHARACTER_STYLES = {
    "Strong": "<w:b/><w:bCs/>",
    "Emphasis": "<w:i/><w:iCs/>",
    "Intense Emphasis": "<w:b/><w:bCs/><w:i/><w:iCs/>",
    "Hyperlink": '<w:u w:val="single"/>',
}
LIST_STYLES = ("list bullet", "list number")
BODY_LEVEL = 9
# What Word takes where a file says nothing: points, and twentieths of a point.
DEFAULT_POINTS, DEFAULT_PADDING = 10.0, 108


class Styles:
    """The styles part.

    `text` names the character styles of strong, emphasised and linked text by their ids, `lists` are the ids of the
    styles of bulleted and numbered lists, none where the template lacks them.
    """

    def __init__(self, xml: bytes) -> None:
        self._root = parse(xml)
        self._styles = {style.get(name("w:styleId"), ""): style for style in self._root.iter(name("w:style"))}
        self._levels: dict[str, int] = {}
        self._numbers: dict[str, tuple[str, ...]] = {}
        self._by_name = {(style.get(name("w:type"), ""), _called(style)): key for key, style in self._styles.items()}
        lists = [self._by_name.get(("paragraph", called), "") for called in LIST_STYLES]
        self.lists = tuple(lists) if all(lists) else ()
        self.text = {called: self._character(called, look) for called, look in CHARACTER_STYLES.items()}

    def xml(self) -> bytes:
        """The part with the styles that were missing."""
        return part_bytes(self._root)

    def adopt(self, other: Styles, list_number: Callable[[str], str], key: str) -> str:
        """The id here of another layout's style: the one of the same name, or a copy with the styles it builds on.

        Names are the same in every language of Word, ids are not. `list_number` gives the number here of its list.
        """
        style = other._styles.get(key)
        if style is None:
            return key
        named = (style.get(name("w:type"), ""), _called(style))
        if named not in self._by_name:
            copy = self._by_name[named] = self._unused(key)
            self._append(_alone(style, copy))
            for base in self._styles[copy].iter(name("w:basedOn")):
                base.set(VALUE, self.adopt(other, list_number, base.get(VALUE, "")))
            for number in self._styles[copy].iter(name("w:numId")):
                number.set(VALUE, list_number(number.get(VALUE, "")))
        return self._by_name[named]

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

    def contents(self, level: int) -> str:
        """The style of a contents list's lines for headings of a level from 0; nothing where the template lacks it."""
        return self._by_name.get(("paragraph", f"toc {level + 1}"), "")

    def numbering(self, paragraph: Element) -> tuple[str, str]:
        """The list (`w:numId`) and depth (`w:ilvl`) of a paragraph, its own or its style's; empty where it has none."""
        look = child(paragraph, "w:pPr")
        key = value(look, "w:pStyle")
        if key not in self._numbers:
            line = self._ancestry(key)
            inherited = [[value(style, f"w:pPr/w:numPr/{tag}") for style in line] for tag in ("w:numId", "w:ilvl")]
            self._numbers[key] = tuple(next(filter(None, values), "") for values in inherited)
        number, depth = self._numbers[key]
        return value(look, "w:numPr/w:numId") or number, value(look, "w:numPr/w:ilvl") or depth or "0"

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
        key = self._unused(called.replace(" ", ""))
        self._append(
            parse(
                f'<w:style xmlns:w="{NAMESPACES["w"]}" w:type="character" w:styleId="{key}"><w:name w:val="{called}"/>'
                f'<w:uiPriority w:val="99"/><w:qFormat/><w:rPr>{look}</w:rPr></w:style>'
            )
        )
        return key

    def _unused(self, key: str) -> str:
        while key in self._styles:
            key += "1"
        return key

    def _append(self, style: Element) -> None:
        self._root.append(style)
        self._styles[style.get(name("w:styleId"), "")] = style


def _alone(style: Element, key: str) -> Element:
    """A copy of a style for another file: not the default of its kind, without pointers to styles it may lack there."""
    copy = deepcopy(style)
    copy.tail = None
    copy.set(name("w:styleId"), key)
    copy.attrib.pop(name("w:default"), "")
    for tag in ("w:next", "w:link"):
        if (pointer := child(copy, tag)) is not None:
            drop(pointer)
    return copy


def _called(style: Element) -> str:
    return value(style, "w:name").lower()
