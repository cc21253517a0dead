"""Numbered lists of a Word document: every list counts from its own first number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.write.docx_styles import Styles
from reports.write.docx_xml import (
    NAMESPACES,
    PARAGRAPH,
    PARAGRAPH_LOOK,
    VALUE,
    child,
    drop,
    marks,
    name,
    parse,
    part_bytes,
    value,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# What Word wants to stand before a paragraph's number.
BEFORE = {name(f"w:{tag}") for tag in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")}


class Lists:
    """The numbering part of a file.

    `starts` are the first numbers of the document's lists, by the counts in their marks.
    """

    def __init__(self, xml: bytes | None, starts: list[int]) -> None:
        self._root = None if xml is None else parse(xml)
        self._starts = starts
        self._made: dict[tuple[str, str], str] = {}
        numbers = [] if self._root is None else self._root.findall(name("w:num"))
        self._kinds = {number.get(name("w:numId"), ""): value(number, "w:abstractNumId") for number in numbers}
        self._last = numbers[-1] if numbers else None
        self._highest = max(map(int, self._kinds), default=0)

    def xml(self) -> bytes | None:
        """The part with the counts that were added."""
        return None if self._root is None else part_bytes(self._root)

    def number(self, root: Element, styles: Styles) -> None:
        """Gives each marked entry of the body its list: Word would go on counting from the list before."""
        for mark, words in marks(root, "list"):
            paragraph = next(mark.iterancestors(PARAGRAPH))
            drop(mark)
            count, _, depth = words.partition(" ")
            base, level = styles.numbering(paragraph)
            if base in self._kinds:
                level = depth or level
                _set_number(paragraph, base if count == "-" else self._counted(base, count, level), level)

    def _counted(self, base: str, count: str, level: str) -> str:
        """The list (`w:num`) like the base that this count uses; it starts its level from the count's first number."""
        if (base, count) in self._made:
            return self._made[base, count]
        new = str(self._highest + 1)
        self._highest += 1
        number = parse(
            f'<w:num xmlns:w="{NAMESPACES["w"]}" w:numId="{new}"><w:abstractNumId w:val="{self._kinds[base]}"/>'
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{self._starts[int(count)]}"/>'
            "</w:lvlOverride></w:num>"
        )
        if self._last is not None:
            self._last.addnext(number)
        self._last = number
        self._kinds[new] = self._kinds[base]
        self._made[base, count] = new
        return new


def _set_number(paragraph: Element, number: str, level: str) -> None:
    look = child(paragraph, "w:pPr")
    if look is None:
        look = paragraph.makeelement(PARAGRAPH_LOOK)
        paragraph.insert(0, look)
    if (old := child(look, "w:numPr")) is not None:
        drop(old)
    wrapper = look.makeelement(name("w:numPr"))
    wrapper.append(wrapper.makeelement(name("w:ilvl"), {VALUE: level}))
    wrapper.append(wrapper.makeelement(name("w:numId"), {VALUE: number}))
    look.insert(sum(part.tag in BEFORE for part in look), wrapper)
