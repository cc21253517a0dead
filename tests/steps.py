"""Stops a program at its n-th step on the disk: every open, write, sync, link, replacement and removal is a step."""

from __future__ import annotations

import itertools
import os
import pathlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

WRITES = ("open", "write", "fsync", "mkdir")
STEPS = (*WRITES, "link", "replace", "unlink", "rmdir")
MOST = 400
KILLED = 77


@dataclass
class Steps:
    """The steps taken so far, and whether the one to stop at was reached."""

    count: int = 0
    reached: bool = False
    names: set[str] = field(default_factory=set)


def every_step() -> Iterator[int]:
    """1, 2, 3 ... until the caller has seen a run end by itself."""
    yield from itertools.islice(itertools.count(1), MOST)
    raise AssertionError("no run ended by itself")


@contextmanager
def stopped_at(step: int, patched: Any, stop: Callable[[], None], writes_only: bool = False) -> Iterator[Steps]:
    """While this lasts, `stop` is called before the n-th step; a write is half done then."""
    steps = Steps()

    def tick(name: str) -> None:
        if writes_only and name not in WRITES:
            return
        steps.count += 1
        steps.names.add(name)
        if steps.count == step:
            steps.reached = True
            stop()

    for name in (one for one in STEPS if one not in ("open", "write")):
        patched.setattr(os, name, _ticking(getattr(os, name), name, tick))
    patched.setattr(pathlib.Path, "open", _opening(pathlib.Path.open, tick))
    yield steps


def _ticking(real: Callable[..., Any], name: str, tick: Callable[[str], None]) -> Callable[..., Any]:
    def step(*arguments: Any, **options: Any) -> Any:
        tick(name)
        return real(*arguments, **options)

    return step


class _HalfWriting:
    """A file whose every write is a step in two halves."""

    def __init__(self, file: Any, tick: Callable[[str], None]) -> None:
        self._file, self._tick = file, tick

    def __enter__(self) -> _HalfWriting:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, data: bytes) -> int:
        middle = len(data) // 2
        self._file.write(data[:middle])
        self._file.flush()
        self._tick("write")
        return middle + int(self._file.write(data[middle:]))


def _opening(real: Callable[..., Any], tick: Callable[[str], None]) -> Callable[..., Any]:
    def open_file(path: Path, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        if "w" not in mode or "b" not in mode:
            return real(path, mode, *arguments, **options)
        tick("open")
        return _HalfWriting(real(path, mode, *arguments, **options), tick)

    return open_file


class _Patched:
    """What pytest's monkeypatch does, without a way back: the process dies anyway."""

    setattr = staticmethod(setattr)


def killed_at(step: int, action: Callable[[], object]) -> bool:
    """Do something in a process of its own that dies at the n-th step; whether it came that far.

    An Exception of the action ends the process like its end.
    """
    child = os.fork()
    if child == 0:
        with suppress(Exception), stopped_at(step, _Patched, lambda: os._exit(KILLED)):
            action()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, KILLED), code
    return code == KILLED
