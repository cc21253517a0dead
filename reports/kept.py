"""What is kept between runs because making it again takes time: a folder of files named by what they were made from."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

SEAL = hashlib.sha256().digest_size


class Kept(NamedTuple):
    """A folder of at most about `most` files, those not used for the longest time thrown away first.

    It is only a help: what cannot be read or written there is no fault. Each file begins with the digest of the rest,
    since nothing is synced: what a power cut left of a file is not taken for the whole.
    """

    folder: Path
    most: int = 600

    def read(self, name: str) -> bytes | None:
        """What was kept under a name; None where nothing was, or not the whole of it."""
        path = self.folder / name
        try:
            found = path.read_bytes()
        except OSError:
            return None
        seal, data = found[:SEAL], found[SEAL:]
        if hashlib.sha256(data).digest() != seal:
            return None
        with suppress(OSError):
            os.utime(path)
        return data

    def write(self, name: str, data: bytes) -> None:
        """Keep some bytes under a name."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._put(self.folder / name, hashlib.sha256(data).digest() + data)
            self._thin_out()

    def _put(self, path: Path, data: bytes) -> None:
        part = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            part.write_bytes(data)
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)

    def _thin_out(self) -> None:
        if len(os.listdir(self.folder)) > self.most:  # noqa: PTH208 - asked at every write, so it must be quick
            kept = [path for path in self.folder.iterdir() if path.is_file()]
            for path in sorted(kept, key=lambda one: one.stat().st_mtime)[: len(kept) // 2]:
                path.unlink(missing_ok=True)
