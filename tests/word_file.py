"""A written Word file taken apart, and the made-up report with sound pictures in it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from reports.document import Document, Figure, Section
from reports.errors import ReportError
from reports.write import docx
from reports.write.docx_xml import NAMESPACES, name, paragraphs, parse
from tests.edited_template import BODY, picture
from tests.made_document import document, template


class WordFile:
    """A written file, taken apart."""

    def __init__(self, content: bytes) -> None:
        with ZipFile(BytesIO(content)) as package:
            self.parts = {part: package.read(part) for part in package.namelist()}
        self.body = parse(self.parts[BODY])

    @property
    def lines(self) -> list[str]:
        """Every paragraph of the body as it is read."""
        return list(paragraphs(self.body))

    def text(self) -> str:
        return " ".join("\n".join(self.lines).replace("\n", " ").split())

    def all(self, path: str) -> list[Any]:
        found = self.body.xpath(path, namespaces=NAMESPACES)
        assert isinstance(found, list)
        return found

    def styled(self, style: str) -> list[str]:
        return ["".join(p.itertext(name("w:t"))) for p in self.all(f'//w:p[w:pPr/w:pStyle/@w:val="{style}"]')]


def pictured() -> Document:
    """The made-up report with a sound picture in each figure."""

    def sound(section: Section) -> Section:
        blocks = (replace(block, png=picture()) if isinstance(block, Figure) else block for block in section.blocks)
        return replace(section, blocks=tuple(blocks))

    return replace(document(), sections=tuple(map(sound, document().sections)))


def written(changed: Document | None = None, layout: Any = None) -> WordFile:
    """The report, or another document, by our own layout or another."""
    return WordFile(docx.write(changed or pictured(), layout or template()))


def body(*blocks: Any) -> Document:
    """The report with these blocks for its text."""
    return replace(document(), sections=(Section("a", "A", blocks),))


def refusal(changed: Document, layout: Any) -> list[Any]:
    """The problems for which a document is not written."""
    with pytest.raises(ReportError) as refused:
        docx.write(changed, layout)
    return list(refused.value.problems)
