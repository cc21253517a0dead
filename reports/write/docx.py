"""Document -> Word file, by the template report.docx that a communications officer edits in Word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from copy import deepcopy
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from docxtpl import DocxTemplate
from lxml.etree import XMLSyntaxError

from reports.document import Document
from reports.errors import ReportError, problem
from reports.write import docx_package, ledger
from reports.write.docx_cells import CellLook, sample, styled
from reports.write.docx_context import Data, document_names
from reports.write.docx_finish import finish_body, number_drawings
from reports.write.docx_jinja import Builder, docx_environment
from reports.write.docx_lists import Lists
from reports.write.docx_package import Link, Package
from reports.write.docx_page import text_widths, turn_header
from reports.write.docx_prepare import TAG, Samples, lift, tidy
from reports.write.docx_properties import JPEG, anonymous, bare_picture, describe, speak
from reports.write.docx_runs import Rich, RunWriter, address
from reports.write.docx_slot import LAYOUT, SlotError, fill_slots, shown
from reports.write.docx_styles import Styles
from reports.write.docx_table import TableLook
from reports.write.docx_xml import drop_marks, name, paragraphs, parse, part_bytes, stream
from reports.write.sandbox import FAULTS
from reports.write.template import Template

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

HEADER_FOOTER = ("header+xml", "footer+xml", "footnotes+xml", "endnotes+xml")
NAME = re.compile(r"(?<![.\w])[^\W\d]\w*")


def write(document: Document, template: Template) -> bytes:
    """The finished Word file.

    ReportError where the template has a fault (with paragraph and text), where a text holds a sign that Word cannot,
    or where text that was given cannot be read in the file.
    """
    return _Job(document, template).run()


def unused(template: Template) -> tuple[str, ...]:
    """The parts of a document (`key_figures`, `attachments` ...) that the template leaves out."""
    package = _read(template)
    return ledger.unused(_names(_tagged(tidy(package.parts[part])) for part in _text_parts(package)))


@lru_cache(maxsize=32)
def _patched(source: str) -> str:
    """A part's tags as docxtpl wants them; the same for every document with that template."""
    return str(DocxTemplate(None).patch_xml(source))


class _Job:
    """One document being written: the template's parts, and what the steps hand to each other."""

    def __init__(self, document: Document, template: Template) -> None:
        self._document = document
        self._template = template
        self._package = _read(template)
        anonymous(self._package)
        self._samples = Samples()
        self._styles = Styles(self._package.parts[self._package.one("styles+xml")])
        self._trees = self._prepared()
        self._turned: dict[str, str] = {}
        self._widths = text_widths(self._trees[self._package.main])
        self._writer = RunWriter(document, self._styles.text, self._widths)

    def run(self) -> bytes:
        """Render every part, read it back, finish the body, pack."""
        data = Data(self._document, self._writer)
        sources = {part: _tagged(tree) for part, tree in self._trees.items()}
        lost: list[str] = []
        builders = self._builders(data)
        for part, source in sources.items():
            given: list[str] = []
            environment = docx_environment(given, self._samples.looks, builders)
            self._trees[part] = self._rendered(source, data.context, environment)
            environment.filters.clear()  # Jinja leaves it in a circle, with the whole document as long as it holds us
            lost += _lost(given, self._trees[part])
        lost = lost or ledger.missing(self._document, self._pieces(), _names(sources.values())) or self._finish()
        if lost:
            raise ReportError(problem("text-lost", shown(self._template), text=text) for text in lost)
        return self._packed()

    def _builders(self, data: Data) -> dict[str, Builder]:
        """What builds tables and the insides of cells like one of the template's samples."""
        tables = [TableLook(table, self._styles) for table in self._samples.tables]
        lists = tables[0].lists if tables else tuple(map(styled, self._styles.lists))
        cells = [CellLook(look := sample(each), *(lists or (look, look))) for each in self._samples.cells]

        def as_table(block: Any, number: int) -> Rich:
            if not isinstance(block, dict) or "key" not in block:
                raise ReportError([problem("template-table", shown(self._template))])
            table, landscape = data.tables[block["key"]]
            return tables[number].build(table, self._writer, self._widths[1] / self._widths[0] if landscape else 1.0)

        def as_cell(cell: Any, number: int) -> Rich:
            if not isinstance(cell, dict) or "cell" not in cell:
                raise TypeError(type(cell).__name__)
            return cells[number].build(data.cells[cell["cell"]], self._writer)

        return {"as_table": as_table, "as_cell": as_cell}

    def _prepared(self) -> dict[str, Element]:
        try:
            trees = {part: tidy(self._package.parts[part]) for part in _text_parts(self._package)}
            fill_slots(trees.values(), self._template, self._package, self._styles, self._document)
        except XMLSyntaxError as wrong:
            raise ReportError([problem("docx-unreadable", shown(self._template))]) from wrong
        except SlotError as wrong:
            raise self._faulty(wrong) from wrong
        for tree in trees.values():
            lift(tree, self._samples, shown(self._template))
        return trees

    def _rendered(self, source: str, context: Mapping[str, Any], environment: Any) -> Element:
        docxtpl = DocxTemplate(None)
        try:
            rendered = docxtpl.render_xml_part(_patched(source), None, context, environment)
            return _cell_counts(docxtpl, source, parse(rendered))
        except (*FAULTS, XMLSyntaxError) as wrong:
            raise self._faulty(wrong, _patched(source)) from wrong

    def _faulty(self, wrong: Exception, source: str = "") -> ReportError:
        from reports.write.docx_faults import faults  # lint costs 20 ms that a sound template need not pay

        return ReportError(faults(wrong, source, self._template, document_names(self._document)))

    def _pieces(self) -> list[str]:
        return [text for tree in self._trees.values() for text in paragraphs(tree)]

    def _finish(self) -> list[str]:
        """Completes the body; gives what could be read before and cannot any more."""
        before = Counter(text for text in self._pieces() if text.strip())
        numbering = self._package.one("numbering+xml")
        lists = Lists(self._package.parts.get(numbering), self._writer.list_starts)
        for section in finish_body(self._trees[self._package.main], self._styles, lists, self._document.levels):
            self._turn_headers(section)
        number_drawings(self._trees.values())
        for tree in self._trees.values():
            drop_marks(tree)
        if (counted := lists.xml()) is not None:
            self._package.parts[numbering] = counted
        return list(before - Counter(self._pieces()))

    def _turn_headers(self, section: Element) -> None:
        """Headers and footers of landscape pages are copies of the upright ones, their tab stops moved out."""
        main = self._package.main
        for reference in section.iter(name("w:headerReference"), name("w:footerReference")):
            upright = self._package.target(main, reference.get(name("r:id"), ""))
            turned = upright.replace(".xml", "-landscape.xml")
            if turned not in self._trees:
                self._package.copy(upright, turned)
                self._trees[turned] = deepcopy(self._trees[upright])
                turn_header(self._trees[turned], self._styles, self._widths[1] / self._widths[0])
                link = Link(
                    f"rIdTurned{len(self._trees)}",
                    "header" if reference.tag == name("w:headerReference") else "footer",
                    f"/{turned}",
                )
                self._package.add_links(main, [link])
                self._turned[turned] = link.id
            reference.set(name("r:id"), self._turned[turned])

    def _packed(self) -> bytes:
        package, main = self._package, self._package.main
        for part, tree in self._trees.items():
            package.parts[part] = part_bytes(tree)
        styles = parse(self._styles.xml())
        speak(styles, self._document)
        package.parts[package.one("styles+xml")] = part_bytes(styles)
        package.add_links(main, self._links(package.parts[main].decode()))
        describe(package, self._document)
        return package.packed()

    def _links(self, body: str) -> list[Link]:
        """The relationships that the body came to use, its pictures put into the file."""
        links = [
            Link(link, "hyperlink", address(href), external=True)
            for href, link in self._writer.links.items()
            if f'"{link}"' in body
        ]
        for number, (data, link) in enumerate(self._writer.pictures.items(), 1):
            if f'"{link}"' in body:
                kind = "jpeg" if data.startswith(JPEG) else "png"
                file = f"media/figure{number}.{kind}"
                self._package.parts[f"word/{file}"] = bare_picture(data)
                self._package.allow(kind, f"image/{kind}")
                links.append(Link(link, "image", f"/word/{file}"))
        return links


def _read(template: Template) -> Package:
    return docx_package.read(template.find(LAYOUT), shown(template))


def _text_parts(package: Package) -> list[str]:
    return [package.main, *(part for kind in HEADER_FOOTER for part in package.of_type(kind))]


def _tagged(tree: Element) -> str:
    """A part as the text that docxtpl reads, its declaration left out."""
    return part_bytes(tree).decode().split("?>", 1)[1].lstrip()


def _names(sources: Iterable[str]) -> set[str]:
    """The top-level names in the tags of a template; a name after a point is a part of something else."""
    return {used for source in sources for tag in TAG.findall(source) for used in NAME.findall(tag)}


def _cell_counts(docxtpl: Any, source: str, tree: Element) -> Element:
    """Tables of the template whose cells are looped over get the columns they lack."""
    if "tc " not in source:
        return tree
    fixed: Element = docxtpl.fix_tables(part_bytes(tree))
    return fixed


def _lost(given: list[str], tree: Element) -> list[str]:
    """The strings given out that cannot be read, in that order, in the rendered part."""
    text = " ".join(stream(tree).split())
    lost, position = [], 0
    for wanted in (" ".join(string.split()) for string in given):
        found = text.find(wanted, position)
        if found < 0:
            lost.append(wanted)
        else:
            position = found + len(wanted)
    return lost
