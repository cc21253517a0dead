"""Markdown and facts to blocks: a text's sections, with the places where figures and tables go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from reports import devices
from reports.document import (
    Block,
    Column,
    Entry,
    Heading,
    List,
    Paragraph,
    Row,
    Run,
    Runs,
    Table,
    plain_text,
)
from reports.errors import Place, Problem, problem
from reports.guard import checked_lines
from reports.printer import FactPrinter

if TYPE_CHECKING:
    from markdown_it.token import Token

PLACED = ("figure", "table", "attachment", "picture")
NUMERIC = re.compile(r"[\u2212+-]?\d[\d \u00a0,]*(?:\u00a0?(?:M€|[%€])\S*)?|\.{1,3}|[\u2013-]?")
MARKUP = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|<!--")


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a figure or a table goes, with the title that the text gives it."""

    kind: str
    name: str
    title: str
    place: Place


class Passage(NamedTuple):
    """A section of a text: its title, its anchor, and its blocks with placements among them."""

    title: str
    anchor: str
    blocks: tuple[Block | Placement, ...]
    place: Place

    @property
    def name(self) -> str:
        """The anchor as an author writes it: `viestinta`."""
        return self.anchor.removeprefix("section-")


class Narrative(NamedTuple):
    """A text as read: its passages, the anchors it refers to, and what is wrong with it."""

    passages: tuple[Passage, ...]
    references: tuple[tuple[str, Place], ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Reading:
    """What is known while one text is read."""

    file: str
    first_row: int
    printer: FactPrinter
    problems: list[Problem] = field(default_factory=list)
    references: list[tuple[str, Place]] = field(default_factory=list)
    level: int = 2
    below: int = 0  # lines from the first one of the paragraph that is being read

    def place(self, token: Token) -> Place:
        return Place(self.file, self.first_row + (token.map[0] if token.map else 0) + self.below)


def read_narrative(body: str, file: str, first_row: int, printer: FactPrinter, not_facts: Sequence[str]) -> Narrative:
    """The passages of a Markdown text whose facts are printed, its references, and every problem found in it.

    `first_row` is the row of the body's first line in `file`. A text before the first heading is a problem.
    """
    reading = _Reading(file, first_row, printer)
    source = "\n".join(checked_lines(body.split("\n"), file, first_row, printer, not_facts, reading.problems))
    tokens = devices.markdown().parse(source)
    passages = tuple(_passages(_blocks(_from_heading(tokens, reading), reading)))
    return Narrative(passages, tuple(reading.references), tuple(reading.problems))


def slug(title: str) -> str:
    """A title as an anchor: `Palvelut ja toimipisteet` is `palvelut-ja-toimipisteet`."""
    plain = title.lower().translate(str.maketrans("\u00e5\u00e4\u00f6", "aao"))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def numeric(texts: Sequence[str]) -> bool:
    """Whether the cells of a column are numbers, with or without a unit symbol, and so stand on the right."""
    return any(texts) and all(NUMERIC.fullmatch(text) for text in texts)


def _from_heading(tokens: list[Token], reading: _Reading) -> list[Token]:
    """The tokens from the first section's heading on; whatever stands before it is a problem."""
    start = next((at for at, one in enumerate(tokens) if one.type == "heading_open" and one.tag in ("h1", "h2")), None)
    if tokens and start != 0:
        place = reading.place(tokens[0])
        reading.problems.append(problem("text-before-heading", place.file, place.row))
    return tokens if start is None else tokens[start:]


def _passages(blocks: Iterable[Any]) -> Iterator[Passage]:
    title: Heading | None = None
    place = Place("")
    kept: list[Block | Placement] = []
    for block in blocks:
        if isinstance(block, tuple):
            if title is not None:
                yield Passage(title.text, title.anchor, tuple(kept), place)
            title, place = block
            kept = []
        else:
            kept.append(block)
    if title is not None:
        yield Passage(title.text, title.anchor, tuple(kept), place)


def _blocks(tokens: list[Token], reading: _Reading) -> Iterator[Any]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        end = _closing(tokens, at)
        inside = tokens[at + 1 : end]
        match token.type:
            case "heading_open":
                yield from _heading(token, inside[0], reading)
            case "paragraph_open":
                yield from _paragraph(inside[0], reading)
            case "bullet_list_open" | "ordered_list_open":
                yield List(tuple(_entries(token, inside, 0, reading)))
            case "table_open":
                yield _table(token, inside, reading)
            case "device_open":
                title, held = reading.printer.put(token.content), list(_blocks(inside, reading))
                yield from devices.blocks(token, title, held, reading.place(token), reading.problems)
            case _:
                _refuse(token, reading)
        at = end + 1


def _refuse(token: Token, reading: _Reading, found: str = "") -> None:
    """A kind of Markdown that a report does not have; it is shown by its own mark where it has one."""
    place = reading.place(token)
    shown = found or token.markup or " ".join(token.content.split())[:20]
    reading.problems.append(problem("markdown-unknown", place.file, place.row, found=shown))


def _closing(tokens: list[Token], at: int) -> int:
    if tokens[at].nesting != 1:
        return at
    depth = 0
    for index in range(at, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


def _heading(token: Token, inline: Token, reading: _Reading) -> Iterator[Any]:
    level = int(token.tag[1])
    place, text = reading.place(token), "".join(run.text for run in _runs(inline, reading))
    if not 2 <= level <= min(4, reading.level + 1):
        code = "heading-jump" if 2 <= level <= 4 else "heading-level"
        reading.problems.append(problem(code, place.file, place.row, found=token.markup))
    reading.level = level
    heading = Heading(text, level - 1, f"section-{slug(text)}")
    yield (heading, place) if level == 2 else heading


def _paragraph(inline: Token, reading: _Reading) -> Iterator[Block | Placement]:
    children = [child for child in inline.children or [] if child.type != "softbreak"]
    images = [child for child in children if child.type == "image"]
    place = reading.place(inline)
    if len(images) == 1 == len(children):
        kind, _, name = unquote(str(images[0].attrs.get("src", ""))).partition(":")
        title = plain_text(_runs(images[0], reading))
        if kind not in ("figure", "table", "picture", "slot"):
            reading.problems.append(problem("image-kind", place.file, place.row, found=kind))
        elif not title:
            reading.problems.append(problem("image-title", place.file, place.row, found=f"{kind}:{name}"))
        else:
            yield Placement(kind, name, title, place)
    elif images:
        reading.problems.append(problem("image-inline", place.file, place.row, found=images[0].content))
    elif runs := _runs(inline, reading):
        yield Paragraph(runs)


def _entries(opening: Token, tokens: list[Token], level: int, reading: _Reading) -> Iterator[Entry]:
    ordered = opening.type == "ordered_list_open"
    number = int(opening.attrs.get("start", 1))
    at = 0
    while at < len(tokens):
        end = _closing(tokens, at)
        yield from _item(tokens[at + 1 : end], level, _ordinal(number, level) if ordered else "", reading)
        number += 1
        at = end + 1


def _item(tokens: list[Token], level: int, number: str, reading: _Reading) -> Iterator[Entry]:
    at = 0
    first = True
    while at < len(tokens):
        end = _closing(tokens, at)
        token = tokens[at]
        if token.type == "paragraph_open":
            if not first:
                place = reading.place(token)
                reading.problems.append(problem("list-paragraphs", place.file, place.row))
            yield Entry(_runs(tokens[at + 1], reading), level, number)
            first = False
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            yield from _entries(token, tokens[at + 1 : end], level + 1, reading)
        else:
            _refuse(token, reading)
        at = end + 1


def _ordinal(number: int, level: int) -> str:
    return f"{number}." if level == 0 or not 1 <= number <= 26 else f"{chr(ord('a') + number - 1)})"


def _table(token: Token, tokens: list[Token], reading: _Reading) -> Table:
    cells = [one for one in tokens if one.type == "inline"]
    width = sum(one.type == "th_open" for one in tokens)
    texts = [_runs(cell, reading) for cell in cells]
    heads, body = texts[:width], texts[width:]
    made = [reading.printer.cell(cell.content, runs) for runs, cell in zip(body, cells[width:], strict=True)]
    rows = [Row(tuple(made[i : i + width])) for i in range(0, len(made), width)]
    columns = [
        Column(plain_text(head), "right" if numeric([row.cells[at].text for row in rows]) else "left", 1 / width)
        for at, head in enumerate(heads)
    ]
    place = reading.place(token)
    return Table(f"table-row-{place.row}", "", tuple(columns), tuple(rows), name=f"row-{place.row}")


def _runs(inline: Token, reading: _Reading) -> Runs:
    runs: list[Run] = []
    look = Run("")
    reading.below = 0
    for child in inline.children or []:
        match child.type:
            case "text" | "code_inline":
                if tag := MARKUP.search(child.content):
                    _refuse(inline, reading, tag[0])
                runs.append(replace(look, text=reading.printer.put(child.content)))
            case "softbreak" | "hardbreak":
                runs.append(replace(look, text=" "))
                reading.below += 1
            case "strong_open" | "strong_close":
                look = replace(look, strong=child.nesting == 1)
            case "em_open" | "em_close":
                look = replace(look, emphasis=child.nesting == 1)
            case "link_open":
                look = replace(look, **_target(str(child.attrs.get("href", "")), inline, reading))
            case "link_close":
                look = replace(look, href="", target="")
            case _:
                _refuse(inline, reading, child.markup or child.content)
    reading.below = 0
    return _joined(runs)


def _target(href: str, inline: Token, reading: _Reading) -> dict[str, Any]:
    kind, _, name = unquote(href).partition(":")
    place = reading.place(inline)
    if kind in PLACED or href.startswith("#"):
        target = f"{kind}-{name}" if kind in PLACED else f"section-{slug(unquote(href[1:]))}"
        reading.references.append((target, place))
        return {"target": target, "href": ""}
    if kind not in ("https", "http", "mailto"):
        reading.problems.append(problem("link-kind", place.file, place.row, found=href))
    return {"href": href, "target": ""}


def _joined(runs: list[Run]) -> Runs:
    out: list[Run] = []
    for run in runs:
        if out and replace(out[-1], text="") == replace(run, text=""):
            out[-1] = replace(run, text=out[-1].text + run.text)
        elif run.text:
            out.append(run)
    return tuple(out)
