"""What is kept between runs because making it again takes time: a folder of files named by what they were made from."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Kept:
    """A folder of at most about `most` files. It is only a help: what cannot be read or written there is no fault."""

    folder: Path
    most: int = 600

    def read(self, name: str) -> bytes | None:
        """What was kept under a name; None where nothing was."""
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            return None

    def write(self, files: Mapping[str, bytes]) -> None:
        """Keep files, each of them whole or not at all."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            for name, data in files.items():
                self._put(self.folder / name, data)
            self._thin_out()

    def _put(self, path: Path, data: bytes) -> None:
        part = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            part.write_bytes(data)
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)

    def _thin_out(self) -> None:
        kept = [path for path in self.folder.iterdir() if path.is_file()]
        if len(kept) > self.most:
            for path in sorted(kept, key=lambda one: one.stat().st_mtime)[: len(kept) // 2]:
                path.unlink(missing_ok=True)
