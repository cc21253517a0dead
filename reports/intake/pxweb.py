"""A PxWeb service (API v1): its limits, the metadata of a table, and answers to questions, at the pace it allows."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, NamedTuple

from reports.deliver import digest
from reports.errors import Problem, warning
from reports.intake.transport import Deadline, Reply, ask, fault, shown
from reports.kept import Kept
from reports.read.identity import identity_codes

SMALL = 100_000  # bytes of ?config at most
METADATA = 4_000_000  # bytes of a table's metadata at most: those of large tables are some tens of thousands
BASE, PER_CELL = 2_000_000, 40  # bytes of an answer at most, and more for each cell asked
MOST_CELLS, MOST_CALLS, MOST_SECONDS = 200_000, 10_000, 86_400  # of its limits, whatever the service allows
REPEATS = 2  # times that a question is put again where the service asks us to wait
BUSY, CLOSED = 429, 503
# What a status says where nothing else is known of it; the rest of 500 and more is the service's own fault.
SAID = {400: "fetch-refused", 404: "fetch-refused", BUSY: "fetch-busy", CLOSED: "fetch-closed"}
SAID |= dict.fromkeys((401, 403, 413), "fetch-forbidden")
JSON = re.compile(r"application/(?:[\w.-]+\+)?json\b|text/json\b")


class Limits(NamedTuple):
    """What the service allows: cells in an answer, and calls in so many seconds."""

    cells: int
    calls: int
    seconds: int


class Client:
    """Talks to a PxWeb service at an address such as `https://HOST/PxWeb/api/v1/fi`.

    Everything is asked before the deadline. `folder` is where its limits and the times of our calls are kept between
    runs, so that two runs together stay within them.
    """

    def __init__(self, address: str, deadline: Deadline, folder: Path) -> None:
        self.address = address.rstrip("/")
        self.deadline = deadline
        self.problems: list[Problem] = []
        self._kept = Kept(folder)
        self._name = f"{digest(self.address.encode())[:16]}.json"
        self._calls: list[float] = []
        self._allowed = self._known()
        self.limits = self._allowed = self._read_limits()
        self._keep()

    def metadata(self, path: str) -> bytes | None:
        """The metadata of a table (JSON), or None where the service has no such table."""
        url = f"{self.address}/{path}"
        reply = self._call(url, None, METADATA)
        return None if reply.status == 404 else _json(reply, url)

    def answer(self, path: str, question: bytes, cells: int) -> bytes:
        """The answer to a question to a table (JSON-stat 2) that has so many cells."""
        url = f"{self.address}/{path}"
        return _json(self._call(url, question, BASE + PER_CELL * cells), url)

    def _read_limits(self) -> Limits:
        """The limits that the service tells in `?config`; those it told last where it does not."""
        url = f"{self.address}/?config"
        reply = self._call(url, None, SMALL)
        found = _limits(reply)
        if found:
            return found
        if reply.status in (BUSY, CLOSED):
            raise _refused(reply, url)
        if not self._allowed:
            raise fault("fetch-config", shown(url))
        cells, calls, seconds = self._allowed
        self.problems.append(warning("fetch-config-kept", shown(url), cells=cells, calls=calls, seconds=seconds))
        return self._allowed

    def _call(self, url: str, question: bytes | None, most: int) -> Reply:
        """One call; put again where the service asks us to wait, as long as there is time for it."""
        for _ in range(REPEATS):
            reply = self._one(url, question, most)
            seconds = self._patience(reply)
            if seconds is None or seconds >= self.deadline.left:
                return reply
            time.sleep(seconds)
        return self._one(url, question, most)

    def _one(self, url: str, question: bytes | None, most: int) -> Reply:
        self._wait(url)
        self._calls.append(time.time())
        self._keep()
        return ask(url, question, self.deadline, most)

    def _wait(self, url: str) -> None:
        """Wait until one more call stays within the limits."""
        if not self._allowed:
            return
        now = time.time()
        recent = sorted(one for one in self._calls if now - self._allowed.seconds < one <= now)
        self._calls = recent
        if len(recent) < self._allowed.calls:
            return
        pause = recent[-self._allowed.calls] + self._allowed.seconds - now
        if pause >= self.deadline.left:
            raise self.deadline.late(shown(url))
        time.sleep(pause)

    def _patience(self, reply: Reply) -> float | None:
        """Seconds to wait before the question is put again; None where that is no use."""
        if reply.status not in (BUSY, CLOSED):
            return None
        told = _retry_after(reply.headers.get("retry-after", ""))
        if told is None and reply.status == BUSY and self._allowed:
            return float(self._allowed.seconds)
        return told

    def _known(self) -> Limits | None:
        """The limits and the times of the calls of earlier runs."""
        try:
            found = json.loads(self._kept.read(self._name) or b"{}")
            self._calls = [float(one) for one in found.get("calls", ())]
            return _sound(*found["limits"]) if found.get("limits") else None
        except (ValueError, TypeError, AttributeError):
            return None

    def _keep(self) -> None:
        kept = {"limits": self._allowed, "calls": self._calls}
        self._kept.write(self._name, json.dumps(kept).encode())


def text(body: bytes, file: str) -> str:
    """A reply as text that may be kept, without the mark at its beginning.

    Raises ReportError (exit 4) where it is not UTF-8, or holds a personal identity code.
    """
    try:
        found = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise fault("fetch-json", file) from None
    if next(identity_codes(found), None) is not None:
        raise fault("identity-code", file)
    return found


def parsed(body: bytes, file: str) -> Any:
    """What a reply in JSON says; raises ReportError (exit 4) where it is no JSON, or cut short."""
    try:
        return json.loads(text(body, file))
    except (ValueError, RecursionError):
        raise fault("fetch-json", file) from None


def _json(reply: Reply, url: str) -> bytes:
    """The body of a reply that says yes in JSON; an error page may say yes too."""
    if reply.status != 200:
        raise _refused(reply, url)
    kind = reply.headers.get("content-type", "")
    if not JSON.match(kind.lower()):
        raise fault("fetch-page", shown(url), found=kind.partition(";")[0].strip() or "-")
    if not reply.body.strip():
        raise fault("fetch-empty", shown(url))
    return reply.body


def _refused(reply: Reply, url: str) -> Exception:
    code = SAID.get(reply.status, "fetch-server" if reply.status >= 500 else "fetch-status")
    return fault(code, shown(url), status=reply.status)


def _limits(reply: Reply) -> Limits | None:
    """The limits of a `?config`: of its two limits of size the smaller one holds."""
    try:
        told = json.loads(reply.body.decode("utf-8-sig")) if reply.status == 200 else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, Mapping):
        return None
    sizes = [told[name] for name in ("maxCells", "maxValues") if name in told]
    if not sizes or not all(map(_is_count, sizes)):
        return None
    return _sound(min(sizes), told.get("maxCalls"), told.get("timeWindow"))


def _sound(cells: Any, calls: Any, seconds: Any) -> Limits | None:
    """Limits that can be kept to, none larger than makes sense; None where one is no number above 0."""
    if not all(map(_is_count, (cells, calls, seconds))):
        return None
    return Limits(min(cells, MOST_CELLS), min(calls, MOST_CALLS), min(seconds, MOST_SECONDS))


def _is_count(value: Any) -> bool:
    return type(value) is int and value > 0


def _retry_after(text: str) -> float | None:
    """The seconds of a Retry-After header, which may be a number or a date: RFC 9110, 10.2.3."""
    if text.isascii() and text.isdigit():
        return float(text[:6])
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
