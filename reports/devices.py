"""The devices of a text: boxes, pull quotes, bylines, leads and notes between `::: box Title` and `:::`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, cast

from reports.document import Box, List, Paragraph
from reports.errors import Place, Problem, problem
from reports.read.decode import excerpt

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

FENCE = ":::"
OPENED = re.compile(r":::+\s*([^\W\d_]+)(?:\s+(.*\S))?\s*")
CLOSED = re.compile(r":::+\s*")
BOX = "box"
ROLES = ("quote", "byline", "lead", "note")
KINDS = (BOX, *ROLES)


@cache
def markdown() -> Any:
    """The reader of Markdown as texts use it: CommonMark with tables and devices, without HTML."""
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["html_inline", "html_block", "entity"])
    made.block.ruler.before("fence", "device", _rule, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    return made


def blocks(
    token: Token, title: str, inside: Sequence[Any], place: Place, problems: list[Problem]
) -> Iterator[Box | Paragraph]:
    """The blocks of a device with what stands `inside` it; a box holds paragraphs and lists, the others paragraphs.

    What cannot be is added to `problems`: another kind, one that is never closed or empty, a heading or table inside.
    """
    kind = token.info
    if kind not in KINDS:
        found = {"found": excerpt(f"{FENCE} {kind}".strip()), "have": ", ".join(KINDS)}
        problems.append(Problem("publication-device", place, found))
        return
    if token.meta["open"]:
        problems.append(problem("publication-device-open", place.file, place.row, found=f"{FENCE} {kind}"))
    held = (Paragraph, List) if kind == BOX else (Paragraph,)
    if not inside or not all(isinstance(one, held) for one in inside) or (title and kind != BOX):
        problems.append(problem("publication-device-inside", place.file, place.row, found=f"{FENCE} {kind}"))
        return
    if kind == BOX:
        yield Box(title, tuple(inside))
    else:
        role = cast("Literal['quote', 'byline', 'lead', 'note']", kind)
        yield from (replace(one, role=role) for one in inside)


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule of markdown-it: the lines from `::: kind` to the next `:::` as one device, read as blocks."""
    if not _line(state, start).startswith(FENCE) or CLOSED.fullmatch(_line(state, start)):
        return False
    if silent:
        return True
    last = next((row for row in range(start + 1, end) if CLOSED.fullmatch(_line(state, row))), end)
    head = OPENED.fullmatch(_line(state, start))
    token = state.push("device_open", "", 1)
    token.info, token.content = (head[1], _plain(state, head[2] or "")) if head else ("", "")
    token.map, token.markup, token.meta = [start, last], FENCE, {"open": last == end}
    kept, state.lineMax = state.lineMax, last
    state.md.block.tokenize(state, start + 1, last)
    state.lineMax = kept
    state.push("device_close", "", -1)
    state.line = min(last + 1, end)
    return True


def _plain(state: StateBlock, words: str) -> str:
    """A title without its looks."""
    return "".join(one.content for token in state.md.parseInline(words) for one in token.children or ())


def _line(state: StateBlock, row: int) -> str:
    return state.src[state.bMarks[row] + state.tShift[row] : state.eMarks[row]]
