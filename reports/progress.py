"""What a run is doing, told to a person at a terminal once it has taken longer than a second."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType

PATIENCE = 1.0  # seconds before anything is told


class Progress:
    """Steps come in, sentences go to standard error: the step that is under way after a second, and each one after it.

    `sentence(step, **values)` gives a step its words. Used as a `with`, so that nothing is told afterwards.
    """

    def __init__(self, begun: float, sentence: Callable[..., str], quiet: bool) -> None:
        self._sentence = sentence
        self._lock = threading.Lock()
        self._now = ""
        self._over = quiet or not sys.stderr.isatty()
        self._timer = threading.Timer(max(0.0, begun + PATIENCE - time.perf_counter()), self._tell)
        self._timer.daemon = True

    def __call__(self, step: str, **values: object) -> None:
        """A step begins."""
        with self._lock:
            self._now = self._sentence(step, **values)
        if not self._over and not self._timer.is_alive():
            self._tell()

    def __enter__(self) -> Progress:
        if not self._over:
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over = True
        self._timer.cancel()

    def _tell(self) -> None:
        with self._lock:
            if self._now and not self._over:
                sys.stderr.write(f"{self._now}\n")
                sys.stderr.flush()
                self._now = ""
