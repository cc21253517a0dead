"""The bytes of a workbook -> its parts, where it is one that is safe to read; everything else is refused in words."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any, NamedTuple

from reports.errors import ReportError, problem

OLD = b"\xd0\xcf\x11\xe0"
ZIP = b"PK"
MOST_MEMBERS = 5_000
MOST_BYTES = 120_000_000  # of all parts, unpacked
MOST_RATIO = 400  # a sheet of nothing but zeros is packed to a hundredth
SMALL = 5_000_000  # bytes below which nobody minds how well a part was packed
# What other kinds of file call themselves inside.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_TYPES = {
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": "workbook-macros",
    "application/vnd.ms-excel.template.macroEnabled.main+xml": "workbook-macros",
    "application/vnd.ms-excel.addin.macroEnabled.main+xml": "workbook-macros",
    "application/vnd.ms-excel.sheet.binary.macroEnabled.main": "workbook-binary",
}
_START = 4096  # bytes in which a document type is declared, unless somebody hides it
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_SAFE: Mapping[str, bool] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
# What a damaged archive can raise while it is unpacked.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, LookupError, ValueError, RuntimeError, OSError)


class Package(NamedTuple):
    """The parts of a workbook by name in small letters, not yet unpacked."""

    file: str
    archive: zipfile.ZipFile
    names: Mapping[str, str]

    @contextmanager
    def reading(self) -> Iterator[None]:
        """While this lasts, whatever a damaged part does to its reader is one thing: ReportError(workbook-broken)."""
        from lxml import etree

        try:
            yield
        except (*_BROKEN, etree.XMLSyntaxError) as error:
            raise ReportError([problem("workbook-broken", self.file)]) from error

    def size(self, name: str) -> int:
        """How many bytes a part says it has, which is all that is ever unpacked of it."""
        return self.archive.getinfo(self.names[name]).file_size

    def elements(self, name: str, *tags: str) -> Iterator[Any]:
        """The elements of a part with these local names (all, where none is given), each whole; then it is let go.

        Raises ReportError for a part that declares a document type: no workbook needs one, and it can be a trap.
        """
        from lxml import etree

        wanted = [f"{{*}}{tag}" for tag in tags] or None
        member = self.names[name.lower().lstrip("/")]
        with self.archive.open(member) as part:
            # a remark may stand before the declaration, but then nothing has come of it that is not bounded
            declared = b"<!DOCTYPE" in part.read(_START).replace(b"\0", b"")
        with self.archive.open(member) as part:
            events = etree.iterparse(part, tag=wanted, **_SAFE) if not declared else None
            for _, element in events or ():
                yield element
                _let_go(element)
            if events is None or events.root.getroottree().docinfo.doctype:
                raise ReportError([problem("workbook-entities", self.file)])


def _let_go(element: Any) -> None:
    """Free an element and those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and parent[0] is not element:
        del parent[0]


def open_package(data: bytes, file: str) -> Package:
    """The parts of a workbook. Raises ReportError for what is no .xlsx, or packed so that it cannot be meant well."""
    if data.startswith(OLD):
        raise ReportError([problem("workbook-encrypted" if _ENCRYPTED in data else "workbook-old", file)])
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except _BROKEN as error:
        raise ReportError([problem("workbook-broken", file)]) from error
    members = archive.infolist()
    if any(one.flag_bits & 1 for one in members):
        raise ReportError([problem("workbook-encrypted", file)])
    _check_size(members, len(data), file)
    names = {one.filename.replace("\\", "/").lower(): one.filename for one in members}
    package = Package(file, archive, names)
    with package.reading():
        if len(names) != len(members) or any(one.compress_type not in _PACKINGS for one in members):
            raise zipfile.BadZipFile
        _check_kind(package)
    return package


def _check_size(members: list[zipfile.ZipInfo], packed: int, file: str) -> None:
    """Refuse what grows without measure: by what it says of itself, which is also all that is ever unpacked of it."""
    whole = sum(one.file_size for one in members)
    swollen = any(one.file_size > SMALL and one.file_size > MOST_RATIO * max(one.compress_size, 1) for one in members)
    if len(members) > MOST_MEMBERS or whole > MOST_BYTES or swollen or whole > SMALL + MOST_RATIO * packed:
        raise ReportError([problem("workbook-bomb", file, found=whole // 1_000_000)])


def _check_kind(package: Package) -> None:
    """Refuse workbooks with macros or in another format, and other documents."""
    if "[content_types].xml" not in package.names:
        raise ReportError([problem("workbook-other", package.file)])
    types = {one.get("ContentType", "") for one in package.elements("[content_types].xml", "Override", "Default")}
    for found, code in _TYPES.items():
        if found in types:
            raise ReportError([problem(code, package.file)])
    if any(name.endswith("vbaproject.bin") for name in package.names):
        raise ReportError([problem("workbook-macros", package.file)])
    if not any(found.startswith(_WORKBOOK) for found in types):
        raise ReportError([problem("workbook-other", package.file)])
