"""A document as PDF/UA-1 and PDF/A-2a through typst: text goes in as data, the look comes from report.typ."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

from reports.document import Document, Goal, GoalRow, Goals, Picture, lines_of
from reports.errors import Problem, ReportError, problem
from reports.write.plain import plain
from reports.write.template import Template

if TYPE_CHECKING:
    from typst import TypstError, TypstWarning

WORDS, DOTS = (".typ", ".svg"), (".png", ".jpg", ".jpeg")  # what typst takes from memory, and what from files only
PICTURES = "pictures"  # the folder that layouts find the document's own pictures in
# What one run of typst may hold of a plan, in lines of its tables: each takes 0.034 MB, all of them 600 MB.
LARGE = 16_000
FONT_FILES = (".ttf", ".otf")
LOOKS = ("strong", "emphasis", "href", "target", "language")
# Named one by one: a package holds each face twice (TTF, OTF), and which one typst meets first depends on the disk.
PACKAGE_FONTS = (
    ("font_source_sans_pro", "files/SourceSansPro-{}.ttf", "Regular It Semibold SemiboldIt Bold BoldIt".split()),
    ("matplotlib", "mpl-data/fonts/ttf/DejaVuSans{}.ttf", ("", "-Oblique", "-Bold", "-BoldOblique")),
)


def write(document: Document, template: Template) -> bytes:
    """The document as the bytes of a PDF; the same document and layout always give the same bytes.

    `template` must find report.typ. Raises ReportError: template-missing, typst-error (the layout does not compile),
    font-missing (the theme's font is not there), letter-missing (no font has a letter of the text).
    """
    if sum(map(size, goals_of(document))) > LARGE:
        from reports.write.pdf_parts import write_in_parts

        return write_in_parts(document, template)
    return typeset(document, template)


def typeset(document: Document, template: Template, before: str = "", after: str = "") -> bytes:
    """The document made in one run of typst, which reads `before` and `after` around the layout; raises as `write`."""
    layout = json.dumps(_name(template.find("report.typ")), ensure_ascii=False)
    main = f"{before}#include {layout}\n{after}".encode()
    found = {name: path.read_bytes() for name, path in _sources(template).items()} | {"main.typ": main}
    sources = {name: data for name, data in found.items() if not name.lower().endswith(DOTS)}
    pictures = {name: data for name, data in found.items() if name not in sources}
    pictures |= {f"{PICTURES}/{one.file}": one.data for one in document.blocks() if isinstance(one, Picture)}
    inputs = {"document": json.dumps(context(document), ensure_ascii=False), "theme": json.dumps(dict(template.theme))}
    # The folder of fonts is also typst's root: a layout can reach nothing else on the disk.
    with TemporaryDirectory(prefix="vuosikello-", ignore_cleanup_errors=True) as folder:
        _gather_fonts(template, Path(folder))
        for name, data in pictures.items():
            (Path(folder) / name).parent.mkdir(exist_ok=True)
            (Path(folder) / name).write_bytes(data)
        return _compile(template, sources, inputs, _timestamp(document), folder)


def goals_of(document: Document) -> Iterator[Goal]:
    """Every goal of a document, in reading order."""
    return (goal for block in document.blocks() if isinstance(block, Goals) for goal in block.goals)


def size(goal: Goal) -> int:
    """How much of typst's memory a goal takes, in lines of its table; its heading and the table alone take twelve."""
    return 12 + sum(map(row_size, goal.rows))


def row_size(row: GoalRow) -> int:
    """The number of lines in the cells of a row."""
    return sum(1 for cell in (row.measures, row.actions, row.responsible) for _ in lines_of(cell))


def context(document: Document) -> dict[str, Any]:
    """All that the layout may use: the document by its own names, as small as it can be.

    A plan of thousands of rows is mostly lists and bare words, and typst keeps in memory what it is given: lists come
    as trees only, and a run without look and address as its words. The cells of tables and of goals also say how many
    `letters` each of their lines has: a layout tells by them which rows are too long for a page.
    """
    content = plain(document)
    _measure(content)
    _lighten(content)
    return content


def _measure(content: dict[str, Any]) -> None:
    for section in (*content["sections"], *content["attachments"]):
        for block in section["blocks"]:
            if block["kind"] in {"table", "figure"}:
                table = block.get("table", block)
                for cell in (cell for row in table["rows"] for cell in row["cells"]):
                    cell["letters"] = _letters(cell["blocks"])
            elif block["kind"] == "goals":
                for row in (row for goal in block["goals"] for row in goal["rows"]):
                    row["letters"] = [_letters(row[name]) for name in ("measures", "actions", "responsible")]


def _letters(blocks: list[dict[str, Any]]) -> list[int]:
    lines = (line for block in blocks for line in block.get("entries", [block]))
    return [sum(len(run["shown"]) for run in line["runs"]) for line in lines]


def _lighten(value: Any) -> None:
    if isinstance(value, list):
        for part in value:
            _lighten(part)
    elif isinstance(value, dict):
        if value.get("kind") == "list":
            del value["entries"]
        if runs := value.get("runs"):
            value["runs"] = [run if any(run[look] for look in LOOKS) else run["shown"] for run in runs]
        for part in value.values():
            _lighten(part)


def _compile(template: Template, sources: dict[str, bytes], inputs: dict[str, str], time: int, folder: str) -> bytes:
    from typst import Fonts, TypstError, compile_with_warnings

    fonts = Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    _check_font(template, fonts.families())
    try:
        pdf, warnings = compile_with_warnings(
            cast("str", sources),  # typst takes a dictionary of files; its type hints do not know
            root=folder,
            font_paths=fonts,
            sys_inputs=inputs,
            format="pdf",
            pdf_standards=["ua-1", "a-2a"],
            timestamp=time,
        )
    except TypstError as error:
        raise ReportError(_problems(error, template)) from error
    if warnings:
        # An unknown font or page numbers that do not settle: the page is not what its maker meant.
        raise ReportError([found for warning in warnings for found in _problems(warning, template)])
    return pdf


def _sources(template: Template) -> dict[str, Path]:
    """The typst parts and pictures of the layout folders by `folder/file`; the city's own file hides ours."""
    found: dict[str, Path] = {}
    for folder in template.wide.folders:
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.suffix.lower() in (*WORDS, *DOTS):
                found.setdefault(_name(path), path)
    return found


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _gather_fonts(template: Template, folder: Path) -> None:
    """One file of each face in a folder of its own; a city's own fonts lie in fonts/ of its layout folders."""
    for path in _font_files(template):
        try:
            (folder / path.name).symlink_to(path)
        except FileExistsError:
            continue
        except OSError:  # Windows lets ordinary users make no links.
            shutil.copyfile(path, folder / path.name)


def _font_files(template: Template) -> Iterator[Path]:
    for layout in template.folders:
        own = layout / "fonts"
        yield from sorted(p.resolve() for p in own.iterdir() if p.suffix.lower() in FONT_FILES) if own.is_dir() else ()
    for package, pattern, faces in PACKAGE_FONTS:
        # The package is looked up, not imported: matplotlib takes a third of a second.
        spec = find_spec(package)
        if spec and spec.origin:
            yield from (Path(spec.origin).parent / pattern.format(face) for face in faces)


def _check_font(template: Template, families: list[str]) -> None:
    """Raises ReportError(font-missing): typst would only warn and take another font."""
    wanted = template.theme["font"]
    if wanted.lower() not in (family.lower() for family in families):
        names = ", ".join(sorted(families))
        raise ReportError([problem("font-missing", "templates/shared/theme.yaml", found=wanted, names=names)])


def _timestamp(document: Document) -> int:
    """The creation time that PDF/A asks for, in seconds of UTC: the document's own day, so that the bytes stay.

    A document without a day gets the first one of 1970.
    """
    return int(datetime.fromisoformat(f"{document.day or '1970-01-01'}T00:00:00+00:00").timestamp())


def _problems(error: TypstError | TypstWarning, template: Template) -> list[Problem]:
    """Typst's own words as problems with their place in the layout file."""
    if letters := re.findall(r'the text `"(.+?)"` could not be displayed', error.diagnostic):
        return [problem("letter-missing", found=", ".join(dict.fromkeys(letters)))]
    message = ". ".join([error.message, *error.hints])
    # Typst names a file by its way from the working folder; its last two parts are the layout folder and the file.
    if place := re.search(r"┌─ .*?([^/\\\s]+)[/\\]([^/\\\s]+):(\d+):(\d+)", error.diagnostic):
        file, row, column = f"templates/{place[1]}/{place[2]}", int(place[3]), int(place[4])
        return [problem("typst-error", file, row, column, message=message)]
    return [problem("typst-error", f"templates/{template.name}/report.typ", message=message)]
