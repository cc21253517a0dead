"""The ledger of a written document: what was given to a template, against what can be read in its output."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from reports.document import Document
from reports.write.strings import strings

# The parts of a document that hold text, each with what stands for "left out".
PARTS: dict[str, Any] = {
    "title": "",
    "subtitle": "",
    "organisation": "",
    "date": "",
    "roles": (),
    "notices": (),
    "key_figures": (),
    "sections": (),
    "attachments": (),
    "separate": (),
}


def unused(used: Collection[str]) -> tuple[str, ...]:
    """The parts of a document that a template using these top-level names leaves out on purpose."""
    return tuple(name for name in PARTS if name not in used)


def missing(
    document: Document, pieces: Iterable[str], used: Collection[str] = tuple(PARTS), more: Sequence[str] = ()
) -> list[str]:
    """The strings that were given but cannot be read in the output, in reading order.

    `pieces` is the output read back: one piece a paragraph, cell, list entry, heading or caption, contents lists left
    out (they repeat headings). A string must be a piece of its own, as often as it was given, or stand within a piece
    that is no string of its own (`Kuvio 1. ` + caption). White space of any kind and length is one space. `used` are
    the top-level names the template uses; parts it never names are not asked for. `more` is asked for besides.
    """
    left_out: dict[str, Any] = {name: PARTS[name] for name in unused(used)}
    wanted = [text for text in map(_words, (*strings(replace(document, **left_out)), *more)) if text]
    return _absent(wanted, [_words(piece) for piece in pieces])


def _absent(wanted: list[str], pieces: list[str]) -> list[str]:
    names = set(wanted)
    whole = Counter(piece for piece in pieces if piece in names)
    rest = "\n".join(piece for piece in pieces if piece not in names)
    absent, taken, position = [], Counter[str](), 0
    for text in wanted:
        if whole[text]:
            whole[text] -= 1
            continue
        taken[text] += 1
        # Most texts come in the order they were given: looking on from the last one spares counting through all.
        if (found := rest.find(text, position)) >= 0:
            position = found + len(text)
        elif rest.count(text) < taken[text]:
            absent.append(text)
    return absent


def _words(text: str) -> str:
    return " ".join(text.split())
