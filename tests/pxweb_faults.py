"""Ways in which the service of tests/pxweb_server.py misbehaves, each with the problem that must be named."""

from __future__ import annotations

import gzip
import json
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple

from tests.pxweb_server import Fault, Handler, Reply

JSON = {"Content-Type": "application/json; charset=utf-8"}
PAGE = b"<!DOCTYPE html><html><head><title>Virhe</title></head><body>Huolto</body></html>"


class Misbehaviour(NamedTuple):
    """What goes wrong at a stage of the service, and the code of the problem that says so.

    `slow` is one that only the time allowed brings to an end.
    """

    title: str
    stage: str
    fault: Fault
    code: str
    slow: bool = False


def status(code: int, **headers: str) -> Fault:
    """A reply that says no."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _handler, _reply: (code, {"Content-Type": "text/html", **named}, PAGE)


def body(data: bytes, kind: str = "application/json") -> Fault:
    """A reply of status 200 with something else in it."""
    return lambda _handler, _reply: (200, {"Content-Type": kind}, data)


def told(change: Callable[[Any], object]) -> Fault:
    """The right reply with something in its JSON changed."""

    def fault(_: Handler, reply: Reply) -> Reply:
        whole = json.loads(reply[2])
        change(whole)
        return 200, JSON, json.dumps(whole, ensure_ascii=False).encode()

    return fault


def cut(_: Handler, reply: Reply) -> Reply:
    """Half of the JSON, as if it were the whole."""
    return 200, JSON, reply[2][: len(reply[2]) // 2]


def half(handler: Handler, reply: Reply) -> None:
    """Half of what the headers promise, then the line is closed."""
    handler.raw(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
    handler.raw(f"Content-Length: {len(reply[2])}\r\n\r\n".encode() + reply[2][: len(reply[2]) // 2])


def half_chunked(handler: Handler, reply: Reply) -> None:
    """Pieces that end before the last."""
    handler.raw(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
    handler.raw(b"ffff\r\n" + reply[2][:100])


def reset(handler: Handler, _: Reply) -> None:
    """The line is cut."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def hang_up(_: Handler, __: Reply) -> None:
    """The line is closed without a word."""


def not_http(handler: Handler, _: Reply) -> None:
    handler.raw(b"220 mail.invalid ESMTP\r\n")


def squeezed(change: Callable[[bytes], bytes], way: str = "gzip") -> Fault:
    """A reply that says it is squeezed, with its bytes changed."""
    return lambda _handler, reply: (200, {**JSON, "Content-Encoding": way}, change(reply[2]))


def endless(handler: Handler, _: Reply) -> None:
    """A body without end."""
    handler.raw(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[")
    with suppress(OSError):
        while not handler.server.over.is_set():
            handler.raw(b"1," * 50_000)


def drip(before: bytes) -> Fault:
    """A byte at a time, each in time, the whole never."""

    def fault(handler: Handler, _: Reply) -> None:
        handler.raw(before)
        with suppress(OSError):
            while not handler.server.over.wait(0.05):
                handler.raw(b" ")

    return fault


def silence(handler: Handler, _: Reply) -> None:
    """No answer at all."""
    handler.server.over.wait(30)


def go_on(handler: Handler, _: Reply) -> None:
    """*Continue*, for ever."""
    with suppress(OSError):
        while not handler.server.over.wait(0.02):
            handler.raw(b"HTTP/1.1 100 Continue\r\n\r\n")


def elsewhere(code: int, to: str) -> Fault:
    """A redirection; `{host}` in it is ours."""
    return lambda handler, _reply: (code, {"Location": to.format(host=handler.server.host)}, b"")


def first_variable(change: Callable[[dict[str, Any]], object]) -> Fault:
    return told(lambda whole: change(whole["variables"][0]))


def variables(keep: Callable[[dict[str, Any]], bool]) -> Fault:
    return told(lambda whole: whole.update(variables=[one for one in whole["variables"] if keep(one)]))


def contents_called(change: Callable[[str], str]) -> Fault:
    def renamed(whole: Any) -> None:
        one = whole["variables"][2]
        one["values"] = [change(code) for code in one["values"]]

    return told(renamed)


def without_first(name: str) -> Callable[[Any], None]:
    """A JSON-stat reply that lacks the first class of a dimension, and its cells."""

    def change(whole: Any) -> None:
        at = whole["id"].index(name)
        index = whole["dimension"][name]["category"]["index"]
        gone = next(iter(index))
        whole["dimension"][name]["category"]["index"] = {
            code: place - 1 for code, place in index.items() if code != gone
        }
        del whole["dimension"][name]["category"]["label"][gone]
        whole["size"][at] -= 1
        whole["value"] = whole["value"][: len(whole["value"]) * whole["size"][at] // (whole["size"][at] + 1)]

    return change


def renamed_dimension(whole: Any) -> None:
    whole["id"] = ["Paikka" if name == "Alue" else name for name in whole["id"]]
    whole["dimension"]["Paikka"] = whole["dimension"].pop("Alue")
    whole["role"].pop("geo")


def all_unavailable(whole: Any) -> None:
    whole["status"] = {str(at): ".." for at in range(len(whole["value"]))}
    whole["value"] = [None] * len(whole["value"])


def first_value(value: object) -> Fault:
    return told(lambda whole: whole["value"].__setitem__(0, value))


def label(text: str) -> Fault:
    return told(lambda whole: whole.update(label=text))


SOME_STAGES = ("metadata", "data")
EVERYWHERE: list[tuple[str, Fault, str]] = [
    ("an error page that says all is well", body(PAGE, "text/html; charset=utf-8"), "fetch-page"),
    ("a text that is called a text", body(b'{"a": 1}', "text/plain"), "fetch-page"),
    ("no content type", lambda _handler, reply: (200, {}, reply[2]), "fetch-page"),
    ("nothing at all", body(b""), "fetch-empty"),
    ("half a reply", half, "fetch-half"),
    ("half a reply in pieces", half_chunked, "fetch-half"),
    ("half of what was squeezed", squeezed(lambda data: gzip.compress(data)[:-30]), "fetch-half"),
    ("squeezed in words only", squeezed(lambda data: data), "fetch-broken"),
    ("squeezed in an unknown way", squeezed(lambda data: data, "br"), "fetch-squeezed"),
    ("a small reply that swells", squeezed(lambda _: gzip.compress(bytes(60_000_000))), "fetch-reply-large"),
    ("a reply without end", endless, "fetch-reply-large"),
    (
        "a reply that promises to be huge",
        lambda _handler, _reply: (200, {**JSON, "Content-Length": str(10**12)}, b"["),
        "fetch-reply-large",
    ),
    ("a line that is cut", reset, "fetch-broken"),
    ("a line that is closed", hang_up, "fetch-broken"),
    ("another language than HTTP", not_http, "fetch-broken"),
    ("letters of another encoding", body('{"title": "Työ"}'.encode("iso-8859-15")), "fetch-json"),
    ("asked too often", status(429, Retry_After="3600"), "fetch-busy"),
    ("closed for maintenance", status(503), "fetch-closed"),
    ("closed until a day that is far", status(503, Retry_After="Fri, 01 Jan 2100 00:00:00 GMT"), "fetch-closed"),
    ("a fault of its own", status(500), "fetch-server"),
    ("a gateway's fault", status(502), "fetch-server"),
    ("a sign-in that is wanted", status(401), "fetch-forbidden"),
    ("a door that is shut", status(403), "fetch-forbidden"),
    ("a teapot", status(418), "fetch-status"),
    ("another host", elsewhere(302, "https://toinen.invalid/PxWeb/"), "fetch-moved"),
    ("another port", elsewhere(307, "http://127.0.0.1:9/PxWeb/"), "fetch-moved"),
    ("a file of this machine", elsewhere(302, "file:///etc/hostname"), "fetch-moved"),
    ("round and round", elsewhere(307, "http://{host}/PxWeb/api/v1/fi/StatFin/keksi/demo.px"), "fetch-moved"),
    ("nowhere", elsewhere(301, ""), "fetch-moved"),
    ("an address that is none", elsewhere(301, "http://[::1"), "fetch-moved"),
]
SLOW = [
    ("a drip of a body", drip(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"), "fetch-late"),
    ("a drip of headers", drip(b"HTTP/1.1 200 OK\r\nContent-Type:"), "fetch-late"),
    ("silence", silence, "fetch-late"),
    ("go on, go on", go_on, "fetch-late"),
]
CONFIG = [
    ("no limits told", status(404), "fetch-config"),
    ("a page for limits", body(PAGE, "text/html"), "fetch-config"),
    ("limits of nothing", body(b'{"maxCells": 0, "maxCalls": 1, "timeWindow": 1}'), "fetch-config"),
    ("limits in words", body(b'{"maxCells": "many", "maxCalls": 1, "timeWindow": 1}'), "fetch-config"),
    ("limits of another kind", body(b"[1, 2]"), "fetch-config"),
    ("limits that are cut", cut, "fetch-config"),
    ("limits asked too often", status(429, Retry_After="3600"), "fetch-busy"),
    ("limits under maintenance", status(503), "fetch-closed"),
    ("limits at another host", elsewhere(302, "https://toinen.invalid/"), "fetch-moved"),
]
METADATA = [
    ("no such table", status(404), "fetch-table"),
    ("metadata cut short", cut, "fetch-json"),
    ("metadata of another kind", body(b"[1, 2]"), "fetch-metadata"),
    ("metadata without dimensions", told(lambda whole: whole.pop("variables")), "fetch-metadata"),
    ("metadata with no dimension", told(lambda whole: whole.update(variables=[])), "fetch-metadata"),
    ("a label too few", first_variable(lambda one: one["valueTexts"].pop()), "fetch-metadata"),
    ("a code twice", first_variable(lambda one: one["values"].__setitem__(0, one["values"][1])), "fetch-metadata"),
    ("a dimension twice", told(lambda whole: whole["variables"].append(whole["variables"][0])), "fetch-metadata"),
    ("codes that are no list", first_variable(lambda one: one.update(values=5)), "fetch-metadata"),
    ("metadata nested too deep", body(b"[" * 100_000), "fetch-json"),
    ("a personal identity code", told(lambda whole: whole.update(title="Tekijä 131052-308T")), "identity-code"),
    ("no time", variables(lambda one: not one.get("time")), "fetch-layout-time"),
    ("no area", variables(lambda one: one["code"] != "Alue"), "fetch-layout-area"),
    ("a content renamed", contents_called(lambda code: code.replace("TYOTTOMAT", "TYOTT")), "fetch-content"),
    ("all contents renamed", contents_called(lambda code: f"X{code}"), "fetch-content"),
    (
        "a dimension without a total",
        told(lambda whole: whole["variables"].append({"code": "Ikä", "values": ["1"], "valueTexts": ["-24"]})),
        "fetch-total",
    ),
]
DATA = [
    ("a table that has just gone", status(404), "fetch-refused"),
    ("a question that is not understood", status(400), "fetch-refused"),
    ("a question that is too large", status(413), "fetch-forbidden"),
    ("moved, to be asked otherwise", elsewhere(302, "http://{host}/PxWeb/api/v1/fi/toinen.px"), "fetch-moved"),
    ("figures cut short", cut, "jsonstat-syntax"),
    ("a fault told in JSON", body(b'{"error": "Parameter error"}'), "jsonstat-none"),
    ("figures too few", told(lambda whole: whole["value"].pop()), "cube-count"),
    ("a word for a figure", first_value("monta"), "jsonstat-cell"),
    ("no number for a figure", first_value(float("nan")), "cube-number"),
    ("figures nested too deep", body(b"[" * 100_000), "jsonstat-deep"),
    ("a dimension renamed", told(renamed_dimension), "fetch-answer-dimensions"),
    ("an area left out", told(without_first("Alue")), "fetch-answer-codes"),
    ("a month left out", told(without_first("timeperiod_m")), "fetch-answer-codes"),
    ("not one figure", told(all_unavailable), "fetch-no-figures"),
    ("a personal identity code", label("Tekijä 131052-308T"), "identity-code"),
]
MISBEHAVIOURS = [
    *(
        Misbehaviour(f"{stage}: {title}", stage, fault, code)
        for stage in SOME_STAGES
        for title, fault, code in EVERYWHERE
    ),
    *(Misbehaviour(f"data: {title}", "data", fault, code, slow=True) for title, fault, code in SLOW),
    Misbehaviour("config: silence", "config", silence, "fetch-late", slow=True),
    *(Misbehaviour(f"config: {title}", "config", fault, code) for title, fault, code in CONFIG),
    *(Misbehaviour(f"metadata: {title}", "metadata", fault, code) for title, fault, code in METADATA),
    *(Misbehaviour(f"data: {title}", "data", fault, code) for title, fault, code in DATA),
]
