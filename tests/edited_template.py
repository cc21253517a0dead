"""The program's own report.docx as someone might have edited it: parts changed, added or taken out."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import ZipFile

from reports.write.template import Template
from tests.made_document import TEMPLATES, template

BODY, STYLES, FIRST_HEADER = "word/document.xml", "word/styles.xml", "word/header2.xml"
OWN = TEMPLATES / "annual" / "report.docx"
PNG_START = b"\x89PNG\r\n\x1a\n"

Change = Callable[[str], str]


def edited(
    folder: Path,
    changes: Mapping[str, Change] | None = None,
    parts: Mapping[str, bytes] | None = None,
    name: str = "annual",
) -> Template:
    """A layout, in a folder of its name, whose report.docx is ours with parts changed or others put in their place."""
    own_folder = folder / name
    own_folder.mkdir(exist_ok=True)
    with ZipFile(TEMPLATES / name / "report.docx") as own, ZipFile(own_folder / "report.docx", "w") as copy:
        for part in own.namelist():
            old = own.read(part)
            new = changes[part](old.decode()).encode() if changes and part in changes else old
            assert new != old or not changes or part not in changes, f"nothing changed in {part}"
            if part not in (parts or {}):
                copy.writestr(part, new)
        for part, content in (parts or {}).items():
            copy.writestr(part, content)
    return template(own_folder, name=name)


def swap(old: str, new: str, times: int = 1) -> Change:
    """A change of words or markup."""
    return lambda xml: xml.replace(old, new, times)


def cut(first: str, last: str) -> Change:
    """Takes out whole paragraphs, from the one that holds `first` to the next one that holds `last`."""

    def change(xml: str) -> str:
        begin = xml.rindex("<w:p>", 0, xml.index(first))
        end = xml.index("</w:p>", xml.index(last, xml.index(first))) + len("</w:p>")
        return xml[:begin] + xml[end:]

    return change


def before(text: str, markup: str) -> Change:
    """Puts paragraphs before the one that holds `text`."""

    def change(xml: str) -> str:
        at = xml.rindex("<w:p>", 0, xml.index(text))
        return xml[:at] + markup + xml[at:]

    return change


def words(text: str) -> str:
    """A paragraph of one run."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def picture(*chunks: tuple[bytes, bytes]) -> bytes:
    """A picture of one dark dot, with pieces of metadata in it."""
    dot = ((b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0"), *chunks, (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b""))
    return PNG_START + b"".join(_chunk(kind, data) for kind, data in dot)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def style_renamed(old: str, new: str) -> dict[str, Change]:
    """A style with another id and name, as Word leaves it when someone renames it."""

    def rename(xml: str) -> str:
        return re.sub(rf'(w:styleId="|<w:(?:pStyle|basedOn|next|link) w:val=")({old})"', rf'\g<1>{new}"', xml)

    return {
        STYLES: lambda xml: rename(xml).replace('w:val="Body Text"', f'w:val="{new}"'),
        BODY: rename,
    }
