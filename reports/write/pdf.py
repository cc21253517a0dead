"""A document as PDF/UA-1 and PDF/A-2a through typst: text goes in as data, the look comes from report.typ."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from reports.document import Document
from reports.errors import Problem, ReportError, problem
from reports.write.plain import plain
from reports.write.template import Template

if TYPE_CHECKING:
    from typst import Fonts, TypstError, TypstWarning

STANDARDS = ("ua-1", "a-2a")
PARTS = (".typ", ".svg", ".png", ".jpg", ".jpeg")
FONT_FILES = (".ttf", ".otf")
# Named one by one: the packages hold each face twice (TTF and OTF), and which one typst meets first depends on the disk.
PACKAGE_FONTS = (
    ("font_source_sans_pro", "files/SourceSansPro-{}.ttf", ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")),
    ("matplotlib", "mpl-data/fonts/ttf/DejaVuSans{}.ttf", ("", "-Oblique", "-Bold", "-BoldOblique")),
)


def write(document: Document, template: Template) -> bytes:
    """The document as the bytes of a PDF; the same document and layout always give the same bytes.

    `template` must hold report.typ. Raises ReportError: template-missing, typst-error (the layout does not compile),
    font-missing (the theme's font is not there), letter-missing (no font has a letter of the text).
    """
    from typst import Fonts, TypstError, compile_with_warnings

    sources = _sources(template)
    inputs = {"document": json.dumps(plain(document)), "theme": json.dumps(dict(template.theme))}
    with TemporaryDirectory(prefix="vuosikello-") as folder:
        # The folder is also typst's root: a layout can reach nothing else on the disk.
        _gather_fonts(template, Path(folder))
        fonts = Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
        _check_font(template, fonts)
        try:
            pdf, warnings = compile_with_warnings(
                {name: path.read_bytes() for name, path in sources.items()} | {"main.typ": _main(template)},
                root=folder,
                font_paths=fonts,
                sys_inputs=inputs,
                format="pdf",
                pdf_standards=list(STANDARDS),
                timestamp=_timestamp(document),
            )
        except TypstError as error:
            raise ReportError(_problems(error, template)) from error
    if warnings:
        raise ReportError([found for warning in warnings for found in _problems(warning, template)])
    return bytes(pdf)


def _sources(template: Template) -> dict[str, Path]:
    """The typst parts and pictures of the layout folders by `folder/file`; the city's own file hides ours."""
    found: dict[str, Path] = {}
    for folder in template.folders:
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.suffix.lower() in PARTS:
                found.setdefault(_name(path), path)
    return found


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _main(template: Template) -> bytes:
    return f"#include {json.dumps(_name(template.find('report.typ')))}".encode()


def _gather_fonts(template: Template, folder: Path) -> None:
    """One file of each face in a folder of its own; a city's own fonts lie in fonts/ of its layout folders."""
    for path in _font_files(template):
        try:
            os.symlink(path, folder / path.name)
        except FileExistsError:
            continue
        except OSError:  # Windows lets ordinary users make no links.
            shutil.copyfile(path, folder / path.name)


def _font_files(template: Template) -> Iterator[Path]:
    for layout in template.folders:
        own = layout / "fonts"
        yield from sorted(p.resolve() for p in own.iterdir() if p.suffix in FONT_FILES) if own.is_dir() else ()
    for package, pattern, faces in PACKAGE_FONTS:
        # The package is looked up, not imported: matplotlib takes a third of a second.
        spec = find_spec(package)
        if spec and spec.origin:
            yield from (Path(spec.origin).parent / pattern.format(face) for face in faces)


def _check_font(template: Template, fonts: Fonts) -> None:
    """Raises ReportError(font-missing): typst would only warn and take another font."""
    wanted = template.theme["font"]
    families = sorted(fonts.families())
    if wanted.lower() not in (family.lower() for family in families):
        row = "templates/shared/theme.yaml"
        raise ReportError([problem("font-missing", row, found=wanted, names=", ".join(families))])


def _timestamp(document: Document) -> int:
    """The creation time that PDF/A asks for, in seconds of UTC: the document's own day, so that the bytes stay.

    Where the printed date is not written 16.2.2022, the first day of its year or of the period's.
    """
    if day := re.search(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", document.date):
        with suppress(ValueError):
            return int(datetime(int(day[3]), int(day[2]), int(day[1]), tzinfo=UTC).timestamp())
    year = re.search(r"(?:19|20)\d\d", f"{document.date} {document.period}")
    return int(datetime(int(year[0]) if year else 1970, 1, 1, tzinfo=UTC).timestamp())


def _problems(error: TypstError | TypstWarning, template: Template) -> list[Problem]:
    """Typst's own words as problems with their place in the layout file."""
    if letters := re.findall(r'the text `"(.+?)"` could not be displayed', error.diagnostic):
        return [problem("letter-missing", found=", ".join(dict.fromkeys(letters)))]
    message = ". ".join([error.message, *error.hints])
    # Typst names a file by its way from the working folder; its last two parts are the layout folder and the file.
    if place := re.search(r"┌─ .*?([^/\\\s]+)[/\\]([^/\\\s]+):(\d+):(\d+)", error.diagnostic):
        return [problem("typst-error", f"templates/{place[1]}/{place[2]}", int(place[3]), int(place[4]), message=message)]
    return [problem("typst-error", f"templates/{template.name}/report.typ", message=message)]
