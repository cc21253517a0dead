"""A small PxWeb service (API v1) on 127.0.0.1: made-up tables in both generations of names, and ways to misbehave."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from math import prod
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

API = "/PxWeb/api/v1/fi"
FOLDER = "StatFin/keksi"
# What the service calls the dimensions of time and contents: before and after 8.6.2026.
NAMES = {"old": {"time": "Kuukausi", "contents": "Tiedot"}, "new": {"time": "timeperiod_m", "contents": "contentscode"}}
LABELS = {"time": "Kuukausi", "contents": "Tiedot", "area": "Alue"}
MARKS = ("...", "..", ".", "-")
LIMITS = {"maxValues": 120000, "maxCells": 120000, "maxCalls": 40, "timeWindow": 60, "CORS": True}
Cell = tuple[str, str, str]  # area, content, time


@dataclass
class PxTable:
    """A table: names of its file, codes with labels of its dimensions, and a text for each area, content and time.

    `units` says of each content in which unit and with how many decimals it is given. `more` are further dimensions.
    """

    files: Mapping[str, str]
    areas: dict[str, str]
    contents: dict[str, str]
    times: dict[str, str]
    cells: dict[Cell, str]
    units: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    more: dict[str, dict[str, str]] = field(default_factory=dict)

    def dimensions(self, generation: str) -> dict[str, dict[str, str]]:
        """The codes and labels of each dimension by its code, in the order of the table."""
        names = NAMES[generation]
        own = {"Alue": self.areas, names["time"]: self.times, names["contents"]: self.contents}
        return {**own, **self.more}


Asked = dict[str, list[str]]
Reply = tuple[int, dict[str, str], bytes]
Fault = Callable[["Handler", Reply], Reply | None]  # takes the right reply, gives another one, or None: has answered


class PxWeb(ThreadingHTTPServer):
    """The service. `faults` says by stage (`config`, `metadata`, `data`) what goes wrong there."""

    daemon_threads = True

    def __init__(self, tables: list[PxTable], generation: str = "new") -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.tables = tables
        self.generation = generation
        self.limits: dict[str, Any] = dict(LIMITS)
        self.faults: dict[str, Fault] = {}
        self.calls: list[tuple[float, str, int]] = []
        self.over = threading.Event()
        self.scheme = "http"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    @property
    def address(self) -> str:
        return f"{self.scheme}://{self.host}{API}"

    def speak_tls(self, certificate: Path) -> None:
        """Speak TLS from now on, with a file that holds a certificate and its key."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.scheme = "https"

    def table(self, path: str) -> PxTable | None:
        """The table of a path under its name of this generation."""
        name = path.rpartition("/")[2]
        return next((one for one in self.tables if one.files.get(self.generation) == name), None)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no fault of ours."""


class Handler(BaseHTTPRequestHandler):
    """One call of the service."""

    server: PxWeb
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each reply, sent as head and body, waits 40 ms for the other side

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing is said."""

    def do_GET(self) -> None:
        if self.path.endswith("/?config"):
            self.give("config", as_json(self.server.limits))
            return
        table = self.server.table(unquote(urlsplit(self.path).path))
        found = as_json(metadata(table, self.server.generation)) if table else missing()
        self.give("metadata", found)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        table = self.server.table(unquote(urlsplit(self.path).path))
        if not table:
            self.give("data", missing())
            return
        query = json.loads(body)
        asked = {one["code"]: one["selection"]["values"] for one in query["query"]}
        self.give("data", self.answer(table, asked, query["response"]["format"]))

    def answer(self, table: PxTable, asked: Asked, form: str) -> Reply:
        dimensions = table.dimensions(self.server.generation)
        if any(name not in dimensions or set(codes) - set(dimensions[name]) for name, codes in asked.items()):
            return 400, {"Content-Type": "text/plain"}, b"Bad Request"
        chosen = {name: asked.get(name, list(codes)) for name, codes in dimensions.items()}
        if prod(map(len, chosen.values())) > self.server.limits["maxCells"]:
            return 403, {"Content-Type": "text/plain"}, b"Forbidden"
        return FORMS[form](table, chosen, self.server.generation)

    def give(self, stage: str, reply: Reply) -> None:
        self.server.calls.append((time.time(), stage, len(reply[2])))
        fault = self.server.faults.get(stage)
        changed = fault(self, reply) if fault else reply
        if changed is None:
            self.close_connection = True
            return
        status, headers, body = changed
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def raw(self, data: bytes) -> None:
        """Write bytes as they are, without status or headers."""
        self.wfile.write(data)
        self.wfile.flush()


def missing() -> Reply:
    return 404, {"Content-Type": "text/html"}, b"<html><body>404</body></html>"


def as_json(told: Any) -> Reply:
    return 200, {"Content-Type": "application/json; charset=utf-8"}, json.dumps(told, ensure_ascii=False).encode()


def metadata(table: PxTable, generation: str) -> dict[str, Any]:
    """The metadata of a table as the service gives it."""
    time_name = NAMES[generation]["time"]
    variables = []
    for code, values in table.dimensions(generation).items():
        label = next((LABELS[role] for role, name in NAMES[generation].items() if name == code), code)
        one: dict[str, Any] = {"code": code, "text": label, "values": list(values), "valueTexts": list(values.values())}
        variables.append(one | {"time": True} if code == time_name else one)
    return {"title": "Keksitty taulukko muuttujina Alue, Kuukausi ja Tiedot", "variables": variables}


def figures(table: PxTable, chosen: Asked, generation: str) -> Iterator[str]:
    """The text of every cell, the last dimension running fastest."""
    names = {"area": "Alue", **NAMES[generation]}
    for codes in product(*chosen.values()):
        at = dict(zip(chosen, codes, strict=True))
        yield table.cells.get((at["Alue"], at[names["contents"]], at[names["time"]]), "..")


def json_stat2(table: PxTable, chosen: Asked, generation: str) -> Reply:
    names = NAMES[generation]
    texts = list(figures(table, chosen, generation))
    dimensions = {}
    for name, codes in chosen.items():
        labels = table.dimensions(generation)[name]
        category: dict[str, Any] = {
            "index": {code: at for at, code in enumerate(codes)},
            "label": {code: labels[code] for code in codes},
        }
        if name == names["contents"]:
            units = {code: table.units.get(code, ("lukumäärä", 0)) for code in codes}
            category["unit"] = {code: {"base": unit, "decimals": many} for code, (unit, many) in units.items()}
        dimensions[name] = {"label": name, "category": category, "extension": {"show": "value"}}
    told = {
        "class": "dataset",
        "version": "2.0",
        "label": "Keksitty taulukko",
        "source": "Tilastokeskus, keksitty tilasto",
        "updated": "2026-07-21T05:00:00Z",
        "id": list(chosen),
        "size": [len(codes) for codes in chosen.values()],
        "role": {"time": [names["time"]], "geo": ["Alue"], "metric": [names["contents"]]},
        "dimension": dimensions,
        "value": [None if text in MARKS else json.loads(text) for text in texts],
        "status": {str(at): text for at, text in enumerate(texts) if text in MARKS},
    }
    return as_json(told)


def px(table: PxTable, chosen: Asked, generation: str) -> Reply:
    names = NAMES[generation]
    texts = list(figures(table, chosen, generation))

    def quoted(words: list[str]) -> str:
        return ",".join(f'"{word}"' for word in words)

    lines = ['CHARSET="ANSI"', 'AXIS-VERSION="2010"', 'CODEPAGE="iso-8859-15"', 'LANGUAGE="fi"', "DECIMALS=1"]
    lines += ['MATRIX="demo"', 'SUBJECT-CODE="keksi"', 'SUBJECT-AREA="Keksityt"', 'TITLE="Keksitty taulukko"']
    lines += ['CONTENTS="Keksitty taulukko"', 'UNITS="lukumäärä"', f"STUB={quoted(list(chosen))}"]
    lines += [f'CONTVARIABLE="{names["contents"]}"']
    for name, codes in chosen.items():
        labels = table.dimensions(generation)[name]
        lines.append(f'VALUES("{name}")={quoted([labels[code] for code in codes])}')
        lines.append(f'CODES("{name}")={quoted(codes)}')
    months = quoted([code.replace("M", "") for code in chosen[names["time"]]])
    lines.append(f'TIMEVAL("{names["time"]}")=TLIST(M1),{months}')
    rows = "\r\n".join(f'"{text}"' if text in MARKS else text for text in texts)
    text = "".join(f"{line};\r\n" for line in lines) + f"DATA=\r\n{rows};\r\n"
    return 200, {"Content-Type": "text/plain"}, text.encode("iso-8859-15")


def csv(table: PxTable, chosen: Asked, generation: str) -> Reply:
    rows = [f'"{name}"' for name in chosen]
    lines = [",".join([*rows, '"value"'])]
    for codes, text in zip(product(*chosen.values()), figures(table, chosen, generation), strict=True):
        lines.append(",".join([*(f'"{code}"' for code in codes), f'"{text}"' if text in MARKS else text]))
    return 200, {"Content-Type": "text/csv; charset=utf-8"}, ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


FORMS = {"json-stat2": json_stat2, "px": px, "csv": csv}


@contextmanager
def serving(*tables: PxTable, generation: str = "new") -> Iterator[PxWeb]:
    """The service while it runs."""
    server = PxWeb(list(tables), generation)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
