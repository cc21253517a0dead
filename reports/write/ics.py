"""Days with names -> a file that calendar programs read (RFC 5545); no clock in it, so always the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

LONGEST = 75  # octets of a line, RFC 5545 3.1
DAY = timedelta(days=1)
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Event(NamedTuple):
    """Something that takes whole days, both included. By `uid` a program knows it again when it was moved."""

    uid: str
    first: date
    last: date
    summary: str
    description: str = ""


def write(name: str, language: str, stamp: date, events: Iterable[Event]) -> bytes:
    """The calendar called `name`. `stamp` stands for the time when the events were last revised (DTSTAMP)."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Vuosikello//NONSGML Vuosikello//{language.upper()}",
        "CALSCALE:GREGORIAN",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        *(line for event in events for line in _event(event, stamp)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _event(event: Event, stamp: date) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.last + DAY:%Y%m%d}"  # the first day that it no longer takes, 3.6.1
    yield f"SUMMARY:{_text(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{_text(event.description)}"
    yield "TRANSP:TRANSPARENT"  # it leaves the day free for meetings
    yield "END:VEVENT"


def _text(text: str) -> str:
    """A text value, 3.3.11: backslash, semicolon, comma and line break have a backslash; no control characters."""
    escaped = re.sub(r"([\\;,])", r"\\\1", text)
    return CONTROL.sub("", re.sub(r"\r\n?|\n", r"\\n", escaped))


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, each after the first behind a space; no letter is cut in two."""
    piece, octets = "", 0
    for sign in line:
        size = len(sign.encode())
        if octets + size > LONGEST:
            yield piece
            piece, octets = " ", 1
        piece, octets = piece + sign, octets + size
    yield piece
