"""References in finished text: the number of what they refer to is put behind their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reports.document import Block, Box, List, Paragraph, Row, Runs, Section, Table


def resolved(parts: Iterable[Section], numbers: Mapping[str, str]) -> tuple[Section, ...]:
    """The sections with the number of its target in every reference."""
    return tuple(
        replace(section, blocks=tuple(_resolve(block, numbers) for block in section.blocks)) for section in parts
    )


def _resolve(block: Block, numbers: Mapping[str, str]) -> Block:
    match block:
        case Paragraph() | List():
            return _resolve_words(block, numbers)
        case Box():
            return replace(block, blocks=tuple(_resolve_words(one, numbers) for one in block.blocks))
        case Table():
            return replace(block, rows=tuple(_resolve_row(row, numbers) for row in block.rows))
    return block


def _resolve_row(row: Row, numbers: Mapping[str, str]) -> Row:
    cells = (replace(one, blocks=tuple(_resolve_words(b, numbers) for b in one.blocks)) for one in row.cells)
    return replace(row, cells=tuple(cells))


def _resolve_words(block: Paragraph | List, numbers: Mapping[str, str]) -> Paragraph | List:
    if isinstance(block, Paragraph):
        return replace(block, runs=_numbered(block.runs, numbers))
    return replace(block, entries=tuple(replace(one, runs=_numbered(one.runs, numbers)) for one in block.entries))


def _numbered(runs: Runs, numbers: Mapping[str, str]) -> Runs:
    """The number follows the last words of a link, however many looks its words have."""
    after = (*(run.target for run in runs[1:]), "")
    return tuple(
        replace(run, number=numbers.get(run.target, "")) if run.target and run.target != following else run
        for run, following in zip(runs, after, strict=True)
    )
