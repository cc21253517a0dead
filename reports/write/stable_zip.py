"""Office packages whose bytes depend on nothing but their content."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

DATE = (1980, 1, 1, 0, 0, 0)
LEVEL = 6


def stable(package: bytes) -> bytes:
    """A zip package with the same members in the same order, free of clock, machine and writer.

    Every member gets the first date zip knows, the same rights and the same packing.
    """
    with ZipFile(BytesIO(package)) as old:
        return packed((name, old.read(name)) for name in old.namelist())


def packed(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip package of these members in this order, as `stable` makes one."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=LEVEL) as new:
        for name, data in members:
            new.writestr(_member(name), data)
    return out.getvalue()


def _member(name: str) -> ZipInfo:
    member = ZipInfo(name, DATE)
    member.compress_type = ZIP_DEFLATED
    member.create_system = 3
    member.external_attr = 0o100644 << 16
    return member
