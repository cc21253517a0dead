"""Numbered lists of a Word document: every list counts from its own first number; lists taken over from another."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from reports.write.docx_styles import Styles
from reports.write.docx_xml import (
    NAMESPACES,
    PARAGRAPH,
    VALUE,
    child,
    drop,
    look_of,
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


# What ties a list to the file that it stands in: its identity there, its styles, its pictures.
OWN = tuple(name(f"w:{tag}") for tag in ("nsid", "tmpl", "pStyle", "styleLink", "numStyleLink", "lvlPicBulletId"))
EMPTY = f'<w:numbering xmlns:w="{NAMESPACES["w"]}"/>'.encode()


class Numbering:
    """The lists of a layout, to which those of another one can be added."""

    def __init__(self, xml: bytes | None) -> None:
        self._root = parse(xml or EMPTY)
        self._taken: dict[tuple[Numbering, str], str] = {}

    def adopt(self, other: Numbering, number: str) -> str:
        """The number here (`w:numId`) of another layout's list, which comes along; `0`, no list, where it has none."""
        if (other, number) not in self._taken:
            self._taken[other, number] = self._copied(other, number)
        return self._taken[other, number]

    def added(self) -> bytes | None:
        """The part with the lists that came along, nothing where none did."""
        return part_bytes(self._root) if any(number != "0" for number in self._taken.values()) else None

    def _copied(self, other: Numbering, number: str) -> str:
        used = other._found("w:num", "w:numId", number)
        look = other._found("w:abstractNum", "w:abstractNumId", value(used, "w:abstractNumId"))
        if used is None or look is None:
            return "0"
        used, look = deepcopy(used), deepcopy(look)
        for own in list(look.iter(*OWN)):
            drop(own)
        first = child(self._root, "w:num")
        kind, called = self._free("w:abstractNum", "w:abstractNumId"), self._free("w:num", "w:numId")
        look.set(name("w:abstractNumId"), kind)
        used.set(name("w:numId"), called)
        for pointer in used.iter(name("w:abstractNumId")):
            pointer.set(VALUE, kind)
        if first is None:
            self._root.append(look)
        else:
            first.addprevious(look)
        numbers = self._root.findall(name("w:num"))
        (numbers[-1] if numbers else look).addnext(used)
        return called

    def _found(self, tag: str, attribute: str, number: str) -> Element | None:
        return next((each for each in self._root.iter(name(tag)) if each.get(name(attribute)) == number), None)

    def _free(self, tag: str, attribute: str) -> str:
        return str(max((int(each.get(name(attribute), "0")) for each in self._root.iter(name(tag))), default=0) + 1)


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
    look = look_of(paragraph)
    if (old := child(look, "w:numPr")) is not None:
        drop(old)
    wrapper = look.makeelement(name("w:numPr"))
    wrapper.append(wrapper.makeelement(name("w:ilvl"), {VALUE: level}))
    wrapper.append(wrapper.makeelement(name("w:numId"), {VALUE: number}))
    look.insert(sum(part.tag in BEFORE for part in look), wrapper)
