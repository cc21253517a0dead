"""Reads a Word template for tags that would lose text, names the document lacks, and tags that do not fit together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lxml.etree import XMLSyntaxError

from reports.errors import Problem, ReportError, problem, warning
from reports.write import docx_package
from reports.write.docx_prepare import TAG, clean, is_sample, join_tags, sample_tag
from reports.write.docx_slot import SLOT, SlotError, passage
from reports.write.docx_styles import BODY_LEVEL, Styles
from reports.write.docx_table import TAGS
from reports.write.docx_xml import DRAWING_NAME, PARAGRAPH, TABLE, child, name, paragraph_text, parse, value
from reports.write.lint_names import Finding, Names, near
from reports.write.template import Template

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

PARTS = {"main+xml": "body", "header+xml": "header", "footer+xml": "footer", "footnotes+xml": "notes"}
PIECES = re.compile(r"\{(?P<sign>[{%#])(?P<level>p|tr|tc|r)?(?P<dash>-?)\s(?P<body>.*?)\s*-?[}%#]\}", re.DOTALL)
LOOSE = re.compile(r"\{\{|\{%|\}\}|%\}")
ENDS = {"endif": "if", "endfor": "for"}
SHOWN = 60


class Spot(NamedTuple):
    """Where a tag stands, as someone finds it in Word: part, heading above, number and text of the paragraph."""

    part: str
    number: int
    heading: str
    text: str


class Tag(NamedTuple):
    """A tag taken apart: `{%tr if a %}` has the sign `%`, the level `tr`, the body `if a`."""

    text: str
    sign: str
    level: str
    body: str

    @property
    def word(self) -> str:
        """The first word of a statement (`for`, `endif`)."""
        return self.body.split(" ", 1)[0] if self.sign == "%" else ""


def lint(path: Path, names: Mapping[str, str], shown: str = "", template: Template | None = None) -> list[Problem]:
    """Everything wrong with a Word template, at once; warnings are what works but is better mended.

    `names` are those of `docx_context.template_names()`: path -> kind. `shown` is the file's name in the problems. By
    the `template` that the file belongs to, the layouts are found which its slots take in; without it they are trusted.
    """
    shown = shown or path.name
    try:
        package = docx_package.read(path, shown)
        styles = Styles(package.parts[package.one("styles+xml")])
        roots = [(part, parse(package.parts[each])) for kind, part in PARTS.items() for each in package.of_type(kind)]
    except ReportError as wrong:
        return list(wrong.problems)
    except (KeyError, XMLSyntaxError):
        return [problem("docx-unreadable", shown)]
    found = [found for part, root in roots for found in _Reader(part, root, styles, names, template).findings()]
    return [_problem(spot, finding, shown) for spot, finding in found]


def _problem(spot: Spot, finding: Finding, shown: str) -> Problem:
    make = warning if finding.code in ("lint-split", "lint-plain") else problem
    where = {"heading": spot.heading or "–", "text": spot.text[:SHOWN]}
    return make(finding.code, shown, spot.number, spot.part, **where, **finding.values)


class _Reader:
    """Reads one part from top to bottom, with the blocks that are open at each point."""

    def __init__(
        self, part: str, root: Element, styles: Styles, names: Mapping[str, str], template: Template | None
    ) -> None:
        clean(root)
        self._part, self._root, self._styles, self._template = part, root, styles, template
        self._names = Names(names)
        self._open: list[tuple[str, Spot]] = []
        self._pages = _Pages(root)
        # A table's own alternative text is read at its first paragraph, in the loops that are open there.
        self._captions = {
            next(table.iter(PARAGRAPH)): value(table, "w:tblPr/w:tblCaption")
            for table in root.iter(TABLE)
            if table.find(f".//{PARAGRAPH}") is not None
        }

    def findings(self) -> Iterator[tuple[Spot, Finding]]:
        heading = ""
        paragraphs = list(self._root.iter(PARAGRAPH))
        split = {paragraph: join_tags(paragraph) for paragraph in paragraphs}
        samples = {each for table in self._root.iter(TABLE) if is_sample(table) for each in table.iter(PARAGRAPH)}
        for number, paragraph in enumerate(paragraphs, 1):
            text = paragraph_text(paragraph).strip()
            spot = Spot(self._part, number, heading, text)
            if split[paragraph]:
                yield spot, Finding("lint-split", {})
            if style := self._styles.missing(paragraph):
                yield spot, Finding("lint-style", {"style": style})
            found = self._sample(paragraph, text) if paragraph in samples else self._paragraph(paragraph, text, spot)
            yield from ((spot, finding) for finding in found)
            yield from self._pages.passed(paragraph, spot, bool(TAG.sub("", text).strip()))
            if text and self._styles.outline(paragraph) < BODY_LEVEL:
                heading = text
        for opened, spot in self._open:
            yield spot, Finding("lint-open", {"tag": opened})
        yield from self._pages.finished()

    def _sample(self, paragraph: Element, text: str) -> Iterator[Finding]:
        """A sample table's cells hold one of its own tags each, and nothing else."""
        if not text:
            return
        tag = sample_tag(paragraph)
        if tag == "head" and not self._open:
            yield Finding("template-table", {})
        if tag not in TAGS:
            yield Finding("lint-sample", {"near": near(tag, TAGS) or "cell", "known": ", ".join(TAGS)})

    def _paragraph(self, paragraph: Element, text: str, spot: Spot) -> Iterator[Finding]:
        tags = [_tag(tag) for tag in TAG.findall(text)]
        if LOOSE.search(TAG.sub("", text)):
            yield Finding("lint-unclosed", {})
        for tag in tags:
            yield from _swallowed(tag, paragraph, text)
            yield from self._meaning(tag, spot)
        told = [drawing.get("descr", "") for drawing in paragraph.iter(DRAWING_NAME)]
        for source in TAG.findall(" ".join([*told, self._captions.get(paragraph, "")])):
            yield from self._names.check(source)
        yield from _bare_cell(paragraph)

    def _meaning(self, tag: Tag, spot: Spot) -> Iterator[Finding]:
        if tag.level and (sign := re.search("[%}]", tag.body)):
            # docxtpl takes these signs for the tag's end.
            yield Finding("lint-tag", {"tag": tag.text, "fault": sign[0]})
        elif tag.sign == "{":
            found = self._names.check(f"{{{{ {tag.body} }}}}")
            yield from found or _wrong_level(tag, self._names.printed(tag.body))
        elif tag.word in ENDS:
            yield from self._close(tag)
        elif tag.word in ("elif", "else"):
            inside = self._open[-1][0] if self._open else ""
            if not inside:
                yield Finding("lint-close", {"tag": tag.text})
            elif tag.word == "elif":
                yield from self._names.check(f"{{% {tag.body[2:]} %}}{{% endif %}}")
        elif tag.word == "include":
            yield from self._slot(tag)
        elif tag.sign == "%":
            end = f"{{% end{tag.word} %}}" if tag.word in ("if", "for") else ""
            yield from self._names.check(f"{{% {tag.body} %}}{end}")
            if tag.word in ("if", "for"):
                self._names.enter(tag.body)
                self._open.append((tag.body, spot))
                self._pages.opened(spot)

    def _slot(self, tag: Tag) -> Iterator[Finding]:
        """A slot names a layout in quotes, which has the loop over goals that is taken in."""
        written = SLOT.fullmatch(f"{{%p {tag.body} %}}")
        if tag.level != "p" or written is None:
            yield Finding("lint-slot-form", {"tag": tag.text})
        elif self._template is not None:
            try:
                passage(self._template, written[1])
            except SlotError as wrong:
                yield Finding(wrong.code, {"tag": tag.text, **wrong.values})

    def _close(self, tag: Tag) -> Iterator[Finding]:
        if not self._open or not self._open[-1][0].startswith(ENDS[tag.word]):
            yield Finding("lint-close", {"tag": tag.text})
            return
        self._open.pop()
        self._names.leave()
        self._pages.closed()


class _Pages:
    """Watches section breaks inside conditions: when one goes, what stood before it takes the next one's paper."""

    def __init__(self, root: Element) -> None:
        self._blocks: list[dict[str, object]] = []
        self._waiting: list[dict[str, object]] = []
        self._words_since_break = False
        self._last = next(
            (_paper(section) for body in root.iter(name("w:body")) if (section := child(body, "w:sectPr")) is not None),
            "",
        )

    def opened(self, spot: Spot) -> None:
        self._blocks.append({"spot": spot, "before": self._words_since_break, "paper": ""})

    def closed(self) -> None:
        block = self._blocks.pop()
        if block["paper"]:
            self._waiting.append(block)

    def passed(self, paragraph: Element, spot: Spot, words: bool) -> Iterator[tuple[Spot, Finding]]:
        self._words_since_break = self._words_since_break or words or bool(TAG.search(spot.text))
        section = paragraph.find(f"{name('w:pPr')}/{name('w:sectPr')}")
        if section is None:
            return
        yield from self._compare(_paper(section))
        for block in self._blocks:
            if block["before"] and not block["paper"]:
                block["paper"] = _paper(section)
        self._words_since_break = False

    def finished(self) -> Iterator[tuple[Spot, Finding]]:
        yield from self._compare(self._last)

    def _compare(self, paper: str) -> Iterator[tuple[Spot, Finding]]:
        for block in self._waiting:
            spot = block["spot"]
            if block["paper"] != paper and isinstance(spot, Spot):
                yield spot, Finding("lint-break", {})
        self._waiting = []


def _tag(text: str) -> Tag:
    found = PIECES.fullmatch(text)
    if found is None:
        return Tag(text, text[1], "", text[2:-2].strip(" -"))
    return Tag(text, found["sign"], found["level"] or "", " ".join(found["body"].split()))


def _swallowed(tag: Tag, paragraph: Element, text: str) -> Iterator[Finding]:
    """A tag of a paragraph, cell or row takes all of it away: nothing else may stand there."""
    place = {"p": "w:p", "tc": "w:tc", "tr": "w:tr"}.get(tag.level)
    if place is None or tag.sign == "#":
        return
    around = paragraph if tag.level == "p" else next(paragraph.iterancestors(name(place)), None)
    if around is None:
        yield Finding("lint-place", {"tag": tag.text})
        return
    whole = text if around is paragraph else " ".join(paragraph_text(each) for each in around.iter(PARAGRAPH))
    if whole.replace(tag.text, "", 1).strip():
        yield Finding({"p": "lint-paragraph", "tc": "lint-cell-lost", "tr": "lint-row"}[tag.level], {"tag": tag.text})


def _wrong_level(tag: Tag, kind: str) -> Iterator[Finding]:
    if kind in ("list", "group", "yes-no"):
        yield Finding("lint-kind", {"tag": tag.text})
    elif kind == "blocks":
        if tag.level != "p":
            yield Finding("lint-blocks", {"tag": tag.text, "wanted": f"{{{{p {tag.body} }}}}"})
    elif kind == "runs" and tag.level != "r":
        yield Finding("lint-runs", {"tag": tag.text, "wanted": f"{{{{r {tag.body} }}}}"})
    elif kind and tag.level in ("p", "tc", "tr"):
        yield Finding("lint-block", {"tag": tag.text, "wanted": f"{{{{ {tag.body} }}}}"})
    elif kind and kind != "runs" and tag.level == "r":
        yield Finding("lint-plain", {"tag": tag.text, "wanted": f"{{{{ {tag.body} }}}}"})


def _bare_cell(paragraph: Element) -> Iterator[Finding]:
    """A cell whose paragraphs all depend on conditions or loops may be left without any: Word repairs such a file."""
    cell = paragraph.getparent()
    if cell is None or cell.tag != name("w:tc") or cell.find(PARAGRAPH) is not paragraph:
        return
    depth, standing = 0, 0
    for each in cell.findall(PARAGRAPH):
        tags = [tag for tag in map(_tag, TAG.findall(paragraph_text(each))) if (tag.sign, tag.level) == ("%", "p")]
        depth += sum((tag.word in ENDS.values()) - (tag.word in ENDS) for tag in tags)
        standing += not tags and depth == 0
    if not standing:
        yield Finding("lint-cell", {})


def _paper(section: Element) -> str:
    size = child(section, "w:pgSz")
    return "" if size is None else f"{size.get(name('w:w'))}x{size.get(name('w:h'))}"
