"""Document -> one self-contained web page, by the layout in templates/."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from reports.document import Document, Picture
from reports.errors import ReportError, problem
from reports.write import ledger
from reports.write.html_text import PageText
from reports.write.plain import plain
from reports.write.sandbox import FAULTS, environment, fault, printable
from reports.write.strings import block_strings
from reports.write.template import Template

LAYOUT = "report.html.j2"
COLOURS = ("paper", "ink", "accent", "pale", "grey", "alert", "hairline", "tint", "muted")
PICTURES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
LINK = re.compile(r"#|https?://|mailto:")
WITHIN = re.compile(r"#|data:image/")
# A range (1–76) and a sign with its number (>60): a browser would break the line after the dash or the sign.
WHOLE = re.compile(r"\d[\d.,]*–\d[\d.,]*|&[lg]t;[ \u00a0]?\d[\d.,]*")


def write(document: Document, template: Template) -> bytes:
    """The page in UTF-8.

    ReportError where the layout has a fault (with its file and line), where text that was given cannot be read in the
    page, or where an address could run or fetch something.
    """
    return page(document, template, LAYOUT)


def page(
    document: Document, template: Template, layout: str, more: Mapping[str, Any] = {}, near: Collection[str] = ()
) -> bytes:
    """A page or a part of one by another layout file, which is given `more` than the document; raises as `write`.

    `near` are files of the same site that it may name.
    """
    page = _render(document, template, layout, more)
    text = PageText(page)
    file = _file(template, layout)
    links = [link for link in text.links if link not in near]
    fetched = [link for link in text.fetched if link not in near]
    problems = [problem("text-lost", file, text=lost) for lost in _lost(document, template, layout, text.pieces)]
    problems += [problem("address-unsafe", file, address=link) for link in links if not LINK.match(link)]
    problems += [problem("picture-outside", file, address=link) for link in fetched if not WITHIN.match(link)]
    if problems:
        raise ReportError(problems)
    return page.encode()


def unused(template: Template) -> tuple[str, ...]:
    """The parts of a document (`key_figures`, `attachments` ...) that the layout leaves out."""
    return ledger.unused(_names(_environment(template), template, LAYOUT))


def context(document: Document, template: Template) -> dict[str, Any]:
    """All that the layout may use: the document by its own names, the theme, drawings ready to stand in a page."""
    content = {**plain(document), "theme": dict(template.theme)}
    pictures = {block.anchor: block.data for block in document.blocks() if isinstance(block, Picture)}
    for section in (*content["sections"], *content["attachments"]):
        for block in section["blocks"]:
            if block["kind"] == "picture":
                block["src"] = _address(block["file"], pictures[block["anchor"]])
            elif block["kind"] == "figure":
                block["svg"] = drawing(block["svg"], f"{block['anchor']}-alt", block["alt"], template)
                if block["narrow"]:
                    block["narrow"] = drawing(block["narrow"], f"{block['anchor']}-narrow-alt", block["alt"], template)
                _place_cells(block["table"])
            elif block["kind"] == "table":
                _place_cells(block)
    return content


def _place_cells(table: dict[str, Any]) -> None:
    """Each cell learns its column's side, whether it heads its row, and whether it is a line of words without looks."""
    sides = [column["align"] for column in table["columns"]]
    for row in table["rows"]:
        for index, (cell, side) in enumerate(zip(row["cells"], sides, strict=True)):
            cell.update(align=side, tag="td" if index else "th", plain=_is_plain(cell["blocks"]))


def _is_plain(blocks: list[dict[str, Any]]) -> bool:
    if len(blocks) != 1 or blocks[0]["kind"] != "paragraph":
        return False
    looks = ("strong", "emphasis", "href", "target", "language")
    return not any(run[look] for run in blocks[0]["runs"] for look in looks)


def drawing(svg: str, anchor: str, alt: str, template: Template) -> Markup:
    """A chart for a page: no leftovers of a stand-alone file, named by its alt text, colours that follow the page."""
    theme = template.theme
    paints = {theme[name].lower(): f"var(--{name}, {theme[name]})" for name in COLOURS}
    head, _, rest = svg[svg.index("<svg") :].partition(">")
    rest = re.sub(r"<metadata>.*?</metadata>|<style[^>]*>\s*\*\{[^}]*\}\s*</style>", "", rest, flags=re.DOTALL)
    rest = re.sub(r"<defs>\s*</defs>", "", rest)
    rest = re.sub(r"#[0-9a-fA-F]{6}\b", lambda found: paints.get(found[0].lower(), found[0]), rest)
    box = re.search(r'viewBox="[^"]*"', head)
    open_tag = f'<svg {box[0] if box else ""} role="img" aria-labelledby="{escape(anchor)}"'
    space = ' xmlns:xlink="http://www.w3.org/1999/xlink"' if "xlink:" in rest else ""
    # A <title> would follow the mouse about as a tooltip; a <desc> names the picture without.
    return Markup(f'{open_tag}{space}><desc id="{escape(anchor)}">{escape(alt)}</desc>{rest.strip()}')  # noqa: S704


def _render(document: Document, template: Template, layout: str, more: Mapping[str, Any]) -> str:
    template.find(layout)
    content = {**context(document, template), **more}
    try:
        return _environment(template).get_template(layout).render(content)
    except FAULTS as error:
        raise ReportError([fault(error, _file(template, layout), tuple(content))]) from error


def _environment(template: Template) -> ImmutableSandboxedEnvironment:
    folders = FileSystemLoader(template.wide.folders)
    made = environment(printable, folders, trim_blocks=True, lstrip_blocks=True)
    made.globals["picture"] = _picture(template)
    made.filters["whole"] = _whole
    return made


def _whole(text: str) -> Markup:
    """A text whose ranges stay on one line."""
    marked = WHOLE.sub(lambda found: f'<span class="whole">{found[0]}</span>', str(escape(text)))
    return Markup(marked)  # noqa: S704 - escaped above


def _picture(template: Template) -> Callable[[str], str]:
    """What a layout calls to show a picture file of its own folders; an empty text where there is none."""

    def picture(file: str) -> str:
        for folder in template.folders:
            path = folder / file
            if path.parent == folder and path.suffix.lower() in PICTURES and path.is_file():
                return _address(file, path.read_bytes())
        return ""

    return picture


def _address(file: str, data: bytes) -> str:
    """A picture as an address that holds it whole."""
    return f"data:{PICTURES[Path(file).suffix.lower()]};base64,{b64encode(data).decode()}"


def _lost(document: Document, template: Template, layout: str, pieces: list[str]) -> list[str]:
    charts = [text for figure in document.figures() for text in (figure.alt, *block_strings(figure.table))]
    if not ledger.missing(document, pieces, more=charts):
        return []
    used = _names(_environment(template), template, layout)
    return ledger.missing(document, pieces, used, charts if {"sections", "attachments"} & used else ())


def _names(environment: ImmutableSandboxedEnvironment, template: Template, layout: str) -> set[str]:
    """Every top-level name that a layout and the files it takes in refer to."""
    names: set[str] = set()
    waiting, done = [layout], set()
    while waiting:
        file = waiting.pop()
        done.add(file)
        tree = environment.parse(template.wide.find(file).read_text(encoding="utf-8"))
        names |= meta.find_undeclared_variables(tree)
        waiting += [name for name in meta.find_referenced_templates(tree) if name and name not in done]
    return names


def _file(template: Template, layout: str) -> str:
    return f"templates/{template.name}/{layout}"
