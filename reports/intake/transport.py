"""One request to a service on the web -> its reply: in time, of a size that was agreed, from that host and no other."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from http.client import HTTPResponse
from typing import Any, NamedTuple
from urllib.error import URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import BaseHandler, HTTPErrorProcessor, HTTPSHandler, ProxyHandler, Request, build_opener

from reports.errors import ReportError, problem
from reports.read.decode import excerpt

NETWORK = 4  # the exit code of everything that goes wrong between us and a service
AT_HOME = ("127.0.0.1", "::1", "localhost")  # hosts that may be spoken to without TLS: nobody listens in between
AGENT = "Vuosikello"
STEP = 65_536  # bytes read at a time
MOST_MOVES = 3
LONGEST = 200  # characters of an address that a message shows
MOVES = (301, 302, 303, 307, 308)
KEPT_METHOD = (307, 308)  # a moved question may be asked again as it was only here: RFC 9110, 15.4
GZIP = 31  # what zlib calls the format with its header
PORTS = {"https": 443, "http": 80}


class Reply(NamedTuple):
    """What a service answered: status, headers (names in small letters) and the whole of its body, unsqueezed.

    The body of a reply that says anything else than 200 is not read.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes


class Deadline:
    """The time by which a whole errand has to be done, in seconds from now."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds left; none is 0."""
        return max(0.0, self._end - time.monotonic())

    def late(self, file: str) -> ReportError:
        """The error of an errand that was not done in time."""
        return fault("fetch-late", file, seconds=round(self.seconds))


def fault(code: str, file: str, **values: Any) -> ReportError:
    """An error of the network or the service (exit 4); `file` names the address in messages."""
    return ReportError([problem(code, file, **values)], NETWORK)


def shown(url: str) -> str:
    """An address as messages show it: host and path."""
    parts = urlsplit(url)
    return f"{parts.hostname or ''}{parts.path}"


def ask(url: str, question: bytes | None, deadline: Deadline, most: int) -> Reply:
    """GET a page, or POST a question in JSON to it. The body of a reply is at most `most` bytes, squeezed or not.

    Raises ReportError (exit 4) where the service is not reached, is late, sends too much or half, or moves elsewhere.
    A reply that says no (status 400 and more) is a reply.

    It is asked in a thread: no library counts looking a host up, and a body that drips byte by byte, into one time.
    """
    for _ in range(MOST_MOVES + 1):
        _check(url)
        reply = _in_time(url, question, deadline, most)
        if reply.status not in MOVES:
            return reply
        url = _moved(url, reply, question is not None)
    raise fault("fetch-moved", shown(url), to=url)


def _check(url: str) -> None:
    """Refuse an address that is neither https nor at home, or that holds a password."""
    try:
        scheme, host, port = _origin(url)
    except ValueError:
        scheme = host = ""
        port = 0
    plain = scheme == "http" and host in AT_HOME
    readable = url.isascii() and url.isprintable() and not {" ", "@"} & set(url)
    if not (host and port and readable and (plain or scheme == "https")):
        raise fault("fetch-address", "", found=excerpt(url.rpartition("@")[2], LONGEST))


def _origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port of an address: what must stay the same where a page moves."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port if parts.port is not None else PORTS.get(parts.scheme, 0)


def _moved(url: str, reply: Reply, asked: bool) -> str:
    """Where a page has moved within its host."""
    to = reply.headers.get("location", "")
    try:
        there = urljoin(url, to)
        stays = _origin(url) == _origin(there) and there != url
    except ValueError:
        there, stays = "", False
    if not stays or (asked and reply.status not in KEPT_METHOD):
        raise fault("fetch-moved", shown(url), to=excerpt(to, LONGEST) or "-")
    return there


def _in_time(url: str, question: bytes | None, deadline: Deadline, most: int) -> Reply:
    done: list[Reply | Exception] = []

    def run() -> None:
        try:
            done.append(_ask(url, question, deadline, most))
        except Exception as error:  # noqa: BLE001 - handed over to the thread that waits, and raised there
            done.append(error)

    worker = threading.Thread(target=run, daemon=True)
    worker.start()
    worker.join(deadline.left)
    if not done:
        raise deadline.late(shown(url))
    if isinstance(done[0], Reply):
        return done[0]
    raise _said(done[0], url, deadline)


def _ask(url: str, question: bytes | None, deadline: Deadline, most: int) -> Reply:
    headers = {"User-Agent": AGENT, "Accept": "application/json", "Accept-Encoding": "gzip"}
    if question is not None:
        headers["Content-Type"] = "application/json"
    request = Request(url, question, headers)  # noqa: S310 - `_check` has looked at the scheme
    with _opener(url).open(request, timeout=max(deadline.left, 0.1)) as answer:
        body = _body(answer, url, deadline, most) if answer.status == HTTPStatus.OK else b""
        return Reply(answer.status, {name.lower(): value for name, value in answer.headers.items()}, body)


class _AsSaid(HTTPErrorProcessor):
    """Hands every reply over as it is: a refusal is no exception, and a redirection is not followed unseen."""

    def http_response(self, request: Request, response: HTTPResponse) -> HTTPResponse:
        """The reply."""
        return response

    https_response = http_response


def _opener(url: str) -> Any:
    """What opens an address: certificates checked against the system's, through the system's proxy, not at home."""
    handlers: list[BaseHandler] = [_AsSaid(), HTTPSHandler(context=ssl.create_default_context())]
    if urlsplit(url).hostname in AT_HOME:
        handlers.append(ProxyHandler({}))
    return build_opener(*handlers)


def _body(answer: Any, url: str, deadline: Deadline, most: int) -> bytes:
    """The whole body, unsqueezed as it comes in, so that a small one that swells is stopped in time."""
    way = (answer.headers.get("Content-Encoding") or "identity").strip().lower()
    if way not in ("identity", "gzip"):
        raise fault("fetch-squeezed", shown(url), found=way)
    told = answer.length
    if told is not None and told > most:
        raise _large(url, most)
    opened = zlib.decompressobj(GZIP) if way == "gzip" else None
    out, got = bytearray(), 0
    for piece in _pieces(answer, url, deadline):
        got += len(piece)
        out += opened.decompress(piece, most + 1 - len(out)) if opened else piece
        if len(out) > most or got > most:
            raise _large(url, most)
    if (told is not None and got < told) or (opened and not opened.eof):
        raise fault("fetch-half", shown(url))
    return bytes(out)


def _pieces(answer: Any, url: str, deadline: Deadline) -> Iterator[bytes]:
    while piece := answer.read1(STEP):
        if not deadline.left:
            raise deadline.late(shown(url))
        yield piece


def _large(url: str, most: int) -> ReportError:
    return fault("fetch-reply-large", shown(url), most=round(most / 1_000_000, 1))


def _said(error: Exception, url: str, deadline: Deadline) -> Exception:
    """What an exception of the libraries means, as a problem; one that means nothing to us stays as it is."""
    reason = error.reason if isinstance(error, URLError) and isinstance(error.reason, Exception) else error
    file = shown(url)
    match reason:
        case ReportError():
            return reason
        case TimeoutError():
            return deadline.late(file)
        case socket.gaierror():
            return fault("fetch-host", file, host=urlsplit(url).hostname or "")
        case ssl.SSLCertVerificationError():
            return fault("fetch-certificate", file, reason=reason.verify_message)
        case ssl.SSLError():
            return fault("fetch-tls", file, reason=reason.reason or str(reason))
        case http.client.IncompleteRead():
            return fault("fetch-half", file)
        case ConnectionResetError() | http.client.HTTPException() | zlib.error():
            return fault("fetch-broken", file)
        case OSError():
            return fault("fetch-unreachable", file, reason=reason.strerror or str(reason))
    return error
