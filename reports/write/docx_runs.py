"""Running text, fields, bookmarks and pictures as Word writes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import zip_longest
from urllib.parse import quote

from markupsafe import Markup, escape

from reports.document import NBSP, Document, Figure, Goals, List, Run, Runs, Section
from reports.errors import ReportError, problem
from reports.write.docx_properties import LANGUAGES
from reports.write.docx_xml import FORBIDDEN, NAMESPACES

# Stands in every run where the look of the template's sample run goes.
LOOK = "<?look?>"
EMU_PER_MM = 36000
LONGEST_BOOKMARK = 40


class Rich(Markup):
    """Markup for a `{{r }}` tag, with the words that a reader will find in it."""

    words: tuple[str, ...] = ()


def rich(markup: str, *words: str) -> Rich:
    """Markup that says these words."""
    made = Rich(markup)
    made.words = tuple(word for word in words if word)
    return made


def dressed(markup: str, look: str) -> str:
    """Markup in the look (run properties) of a sample; a run that names a character style keeps its own."""
    plain = f"<w:rPr>{look}</w:rPr>" if look else ""
    markup = markup.replace(f"<w:rPr>{LOOK}</w:rPr>", plain)
    return markup.replace(LOOK, re.sub(r"<w:rStyle [^>]*/>", "", look)) if LOOK in markup else markup


def escaped(text: str) -> str:
    """Text as XML. docxtpl reads `{_{` in its output as a brace of its own, so the underscore goes in as a number.

    Raises ReportError(docx-character) for what XML forbids: it would cut the document there.
    """
    if wrong := FORBIDDEN.search(text):
        raise ReportError(
            [problem("docx-character", sign=f"U+{ord(wrong[0]):04X}", text=FORBIDDEN.sub("?", text)[:80])]
        )
    safe = str(escape(text))
    if "_" in safe:
        safe = re.sub(r"(?<=[{%])_|_(?=[}%])", "&#95;", safe)
    return safe


class RunWriter:
    """Makes the markup of a document's running text, and remembers the links and pictures that need relationships.

    `styles` are the ids of the template's character styles, `widths_mm` the text's width upright and in landscape.
    """

    def __init__(self, document: Document, styles: dict[str, str], widths_mm: tuple[float, float]) -> None:
        self.links: dict[str, str] = {}
        self.pictures: dict[bytes, str] = {}
        self.list_starts: list[int] = []
        self._styles = styles
        self._widths_mm = widths_mm
        self._bookmarks = bookmarks(document)
        self._count = 0

    def runs(self, runs: Runs, marker: str = "") -> Rich:
        """A paragraph's running text; `marker` goes before it."""
        return rich(marker + "".join(map(self._run, runs)), "".join(run.shown for run in runs))

    def list_markers(self, block: List, deep: bool = False) -> list[str]:
        """Marks for each entry: of one that must count anew or, where one sample serves all depths, stand deeper.

        The mark names the count an entry belongs to; `list_starts` holds the number each count starts from. Outside of
        tables, where it would hold whole rows together, an entry is kept with the deeper one that follows it.
        """
        markers, open_counts = [], dict[int, tuple[int, int]]()
        for entry, following in zip_longest(block.entries, block.entries[1:]):
            open_counts = {level: count for level, count in open_counts.items() if level <= entry.level}
            count, last = open_counts.pop(entry.level, (-1, -1))
            place = ordinal(entry.number)
            if entry.number and place != last + 1:
                count = len(self.list_starts)
                self.list_starts.append(place)
            if entry.number:
                open_counts[entry.level] = (count, place)
            depth = f" {entry.level}" if deep and entry.level else ""
            kept = "" if deep or following is None or following.level <= entry.level else "<?keep?>"
            markers.append(
                kept + (f"<?list {count if entry.number else '-'}{depth}?>" if depth or entry.number else "")
            )
        return markers

    def heading(self, section: Section) -> Rich:
        """A section's heading: a bookmark over all of it, and over the number of an attachment a second one."""
        words = self.text(section.title)
        if section.number:
            number = self._numbered(section.label, section.number, section.anchor)
            words = self.text(section.label + NBSP) + number + self.text(f". {section.title}")
        page = "landscape" if section.landscape else "portrait"
        return rich(f"<?page {page}?>" + self._bookmark("_Toc_", section.anchor, words), section.heading)

    def subheading(self, text: str, anchor: str) -> Rich:
        """A heading inside a section or of a goal, with the bookmark that links lead to."""
        return rich(self._bookmark("_Toc_", anchor, self.text(text)), text)

    def number(self, label: str, number: str, anchor: str) -> Rich:
        """The number of a figure or table as a sequence field; the bookmark covers nothing else."""
        return rich(self._numbered(label, number, anchor) if number else "", number)

    def drawing(self, figure: Figure, landscape: bool = False) -> Rich:
        """A figure's picture in the line of text, no wider than the text, with its alternative text."""
        self._count += 1
        shrink = min(1.0, self._widths_mm[landscape] / figure.width_mm)
        width, height = (round(size * shrink * EMU_PER_MM) for size in (figure.width_mm, figure.height_mm))
        picture = self.pictures.setdefault(figure.png, f"rIdPicture{len(self.pictures) + 1}")
        called = escaped(f"{figure.label} {figure.number}".strip() or figure.name)
        return rich(
            _DRAWING.format(
                width=width,
                height=height,
                id=self._count,
                called=called,
                alt=escaped(figure.alt),
                picture=picture,
                **NAMESPACES,
            ),
            figure.alt,
        )

    def text(self, text: str, style: str = "", language: str = "") -> str:
        """One run, in a character style of the template and in a language where it is not the document's."""
        named = f'<w:rStyle w:val="{self._styles[style]}"/>' if style else ""
        spoken = f'<w:lang w:val="{escaped(LANGUAGES.get(language, language))}"/>' if language else ""
        return f'<w:r><w:rPr>{named}{LOOK}{spoken}</w:rPr><w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'

    def _run(self, run: Run) -> str:
        style = ("Intense Emphasis" if run.emphasis else "Strong") if run.strong else "Emphasis" if run.emphasis else ""
        if run.href:
            link = self.links.setdefault(run.href, f"rIdLink{len(self.links) + 1}")
            return f'<w:hyperlink r:id="{link}" w:history="1">{self.text(run.text, "Hyperlink")}</w:hyperlink>'
        if not run.target:
            return self.text(run.text, style, run.language)
        return self._reference(run, style)

    def _reference(self, run: Run, style: str) -> str:
        place = self._bookmarks.get(run.target)
        if place is None:
            return self.text(run.shown, style)
        if not run.number:
            return (
                f'<w:hyperlink w:anchor="_Toc_{place}" w:history="1">{self.text(run.text, "Hyperlink")}</w:hyperlink>'
            )
        number = self._field(f"REF _Ref_{place} \\h", run.number, style)
        words = self.text(run.text + NBSP, style)
        return f'<w:hyperlink w:anchor="_Ref_{place}" w:history="1">{words}{number}</w:hyperlink>'

    def _numbered(self, label: str, number: str, anchor: str) -> str:
        sequence = re.sub(r"\W", "", label)
        counted = number.isdecimal() and sequence
        shown = self._field(f"SEQ {sequence} \\* ARABIC", number) if counted else self.text(number)
        return self._bookmark("_Ref_", anchor, shown)

    def _bookmark(self, kind: str, anchor: str, markup: str) -> str:
        if anchor not in self._bookmarks:
            return markup
        self._count += 1
        start = f'<w:bookmarkStart w:id="{self._count}" w:name="{kind}{self._bookmarks[anchor]}"/>'
        return f'{start}{markup}<w:bookmarkEnd w:id="{self._count}"/>'

    def _field(self, code: str, result: str, style: str = "") -> str:
        """A field whose result is in place; all of it carries the look, as Word takes it from the code's first sign."""
        named = f'<w:rStyle w:val="{self._styles[style]}"/>' if style else ""
        look = f"<w:rPr>{named}{LOOK}</w:rPr>"
        begin, separate, end = (
            f'<w:r>{look}<w:fldChar w:fldCharType="{mark}"/></w:r>' for mark in ("begin", "separate", "end")
        )
        code_run = f'<w:r>{look}<w:instrText xml:space="preserve"> {escaped(code)} </w:instrText></w:r>'
        return begin + code_run + separate + self.text(result, style) + end


def ordinal(number: str) -> int:
    """The place a printed number stands for: `3.` is 3, `c)` is 3."""
    sign = "".join(char for char in number if char.isalnum())
    if sign.isdecimal():
        return int(sign)
    return max(1, ord(sign[0].lower()) - ord("a") + 1) if sign else 0


def bookmarks(document: Document) -> dict[str, str]:
    """Anchor -> the name of its bookmarks after `_Toc_` or `_Ref_`; Word takes 40 letters, digits and underscores."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for anchor in _anchors(document):
        base = _ascii(anchor)[: LONGEST_BOOKMARK - len("_Toc_")]
        called, count = base, 1
        while called.lower() in taken:
            count += 1
            called = f"{base[: LONGEST_BOOKMARK - len('_Toc_') - 5]}_{count}"
        taken.add(called.lower())
        found[anchor] = called
    return found


def address(href: str) -> str:
    """An address outside the document in the signs that a relationship may hold."""
    return quote(href, safe="%/:=&?~#+!$,;'@()*[]")


def _anchors(document: Document) -> Iterable[str]:
    for section in (*document.sections, *document.attachments):
        yield section.anchor
        for block in section.blocks:
            if isinstance(block, Goals):
                yield from (goal.anchor for goal in block.goals)
            elif anchor := getattr(block, "anchor", ""):
                yield anchor


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"\W", "_", plain)


_DRAWING = (
    '<w:r><w:drawing><wp:inline xmlns:wp="{wp}" distT="0" distB="0" distL="0" distR="0">'
    '<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{id}" name="{called}" descr="{alt}"/>'
    '<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{a}" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
    '<a:graphic xmlns:a="{a}"><a:graphicData uri="{pic}"><pic:pic xmlns:pic="{pic}"><pic:nvPicPr>'
    '<pic:cNvPr id="{id}" name="{called}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    '<a:blip xmlns:r="{r}" r:embed="{picture}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing></w:r>"
)
