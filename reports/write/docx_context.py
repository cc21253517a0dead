"""What a Word template may use: the document as plain data, with markup where `{{r }}` tags stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from reports.document import (
    Block,
    Box,
    Document,
    Entry,
    Figure,
    Goal,
    GoalRow,
    Goals,
    Heading,
    List,
    Notice,
    Paragraph,
    Picture,
    Run,
    Section,
    Table,
)
from reports.write.docx_runs import RunWriter, rich
from reports.write.plain import DERIVED, LEFT_OUT, plain

# The markup a template places with `{{r }}`; the rest is text, numbers and lists.
RICH = (
    "contents",
    "sections[].heading",
    "sections[].blocks[].text",
    "sections[].blocks[].number",
    "sections[].blocks[].drawing",
    "sections[].blocks[].entries[].text",
    "sections[].blocks[].goals[].heading",
)
# Cells of a goal's table: paragraphs and lists, which a template places with `{{p }}`.
CELLS = ("measures", "actions", "responsible")
# Names that would only mislead in a Word template: pictures, the inside of tables and of running text.
HIDDEN: dict[type, tuple[str, ...]] = {
    Box: ("kind", "title", "blocks"),
    Picture: ("file",),
    Entry: ("runs",),
    Figure: ("svg", "table"),
    Paragraph: ("runs",),
    Table: ("columns", "rows"),
}
EXAMPLE_LENGTH = 60
# Where the words of running text are found for an example: in a list, and in a cell of lists and paragraphs.
IN_LIST = ("entries[].text", "entries[].runs[].shown")
IN_CELLS = ("[].entries[].runs[].shown", "[].runs[].shown")


class Data:
    """The context of one render, and what its markup is made from when the template says in which look.

    `tables` are the tables by the `key` of their blocks, `cells` the blocks of goals' cells by the number in `cell`.
    """

    def __init__(self, document: Document, writer: RunWriter) -> None:
        document = _in_words_kinds(document)
        self.tables: dict[str, tuple[Table, bool]] = {}
        self.cells: list[tuple[Paragraph | List, ...]] = []
        self.context: dict[str, Any] = plain(_without_cells(document))
        self.context["contents"] = rich("<?contents?>" if document.contents else "")
        self._writer = writer
        for name in ("sections", "attachments"):
            for section, data in zip(getattr(document, name), self.context[name], strict=True):
                self._section(section, data)

    def _section(self, section: Section, data: dict[str, Any]) -> None:
        data["heading"] = self._writer.heading(section)
        for block, following, block_data in zip(
            section.blocks, (*section.blocks[1:], None), data["blocks"], strict=True
        ):
            self._block(block, block_data, section.landscape)
            if _boxed(block):
                _hold(block_data, more=_boxed(following))

    def _block(self, block: Block, data: dict[str, Any], landscape: bool) -> None:
        writer = self._writer
        match block:
            case Heading():
                data["text"] = writer.subheading(block.text, block.anchor)
            case Paragraph():
                data["text"] = writer.runs(block.runs)
            case Notice():
                data["text"] = writer.runs((Run(block.text),))
            case List():
                markers = writer.list_markers(block)
                for entry, entry_data, marker in zip(block.entries, data["entries"], markers, strict=True):
                    entry_data["text"] = writer.runs(entry.runs, marker)
            case Figure():
                data["number"] = writer.number(block.label, block.number, block.anchor)
                data["drawing"] = writer.drawing(block, landscape)
            case Table():
                data["number"] = writer.number(block.label, block.number, block.anchor)
                data["key"] = str(len(self.tables))
                self.tables[data["key"]] = (block, landscape)
            case Goals():
                for goal, goal_data in zip(block.goals, data["goals"], strict=True):
                    goal_data["heading"] = writer.subheading(goal.heading, goal.anchor)
                    self._cells(goal, goal_data["rows"])

    def _cells(self, goal: Goal, rows: list[dict[str, Any]]) -> None:
        for row, row_data in zip(goal.rows, rows, strict=True):
            for name in CELLS:
                row_data[name] = {"cell": len(self.cells)}
                self.cells.append(getattr(row, name))


def _boxed(block: Block | None) -> bool:
    """Whether a block is of the inside of a box; the title keeps with it by its style."""
    return isinstance(block, Paragraph | List) and block.role == "box"


def _hold(data: dict[str, Any], more: bool) -> None:
    """Keeps the lines of a box together: each with the one below it, the last of all without."""
    lines = data.get("entries", [data])
    for line in lines if more else lines[:-1]:
        line["text"] = rich("<?keep?>" + str(line["text"]), *line["text"].words)


def _in_words_kinds(document: Document) -> Document:
    """The document with boxes as paragraphs and lists, which Word frames by their styles, and pictures as figures."""
    return _with_blocks(document, lambda blocks: (one for block in blocks for one in _in_words_kind(block)))


def _in_words_kind(block: Block) -> Iterator[Block]:
    match block:
        case Box():
            if block.title:
                yield Paragraph((Run(block.title),), "box-title")
            yield from (replace(inner, role="box") for inner in block.blocks)
        case Picture():
            no_table, size = Table("", "", (), ()), (block.width_mm, block.height_mm)
            yield Figure(
                block.anchor, "", "", "", block.caption, block.alt, "", block.data, *size, no_table, block.file
            )
        case _:
            yield block


def _without_cells(document: Document) -> Document:
    """The document without the insides of its tables: those go into the file by a sample, not by names."""
    return _with_blocks(document, lambda blocks: map(_emptied, blocks))


def _with_blocks(document: Document, change: Callable[[Iterable[Block]], Iterable[Block]]) -> Document:
    """The document with the blocks of every section and attachment as `change` gives them."""
    parts = {
        name: tuple(replace(section, blocks=tuple(change(section.blocks))) for section in getattr(document, name))
        for name in ("sections", "attachments")
    }
    return replace(document, sections=parts["sections"], attachments=parts["attachments"])


def _emptied(block: Block) -> Block:
    match block:
        case Table():
            return replace(block, rows=())
        case Figure():
            return replace(block, table=replace(block.table, rows=()))
        case Goals():
            return Goals(tuple(map(_titled, block.goals)))
    return block


def _titled(goal: Goal) -> Goal:
    """A goal whose rows have nothing but their titles."""
    return replace(goal, rows=tuple(GoalRow(row.title, (), (), ()) for row in goal.rows))


@cache
def template_names() -> dict[str, str]:
    """Every name a Word template may use, as a path (`sections[].blocks[].caption`) -> its kind.

    Kinds: `text`, `number`, `yes-no`, `list`, `group`, `words` (the labels), `runs` (goes into `{{r }}`) and `blocks`
    (goes into `{{p }}`).
    """
    found = dict(_paths(Document, ""))
    found |= dict.fromkeys(RICH, "runs") | {path.replace("sections", "attachments"): "runs" for path in RICH}
    return dict(sorted(found.items()))


def document_names(document: Document) -> dict[str, str]:
    """The names a template may use with this document: those of every document and its own labels."""
    return template_names() | {f"labels.{label}": "text" for label in document.labels}


def context_names(document: Document) -> list[tuple[str, str, str]]:
    """(path, kind, example) of every name a template may use, the example taken from this document where it has one."""
    data = plain(document) | {"contents": ""}
    rows = []
    for path, kind in sorted(document_names(document).items()):
        inside = [f"{path}{text}" for text in IN_CELLS] if kind == "blocks" else [path.replace(*IN_LIST)]
        example = next((text for steps in inside for text in _examples(data, steps.split(".")) if text), "")
        rows.append((path, kind, " ".join(example.split())[:EXAMPLE_LENGTH]))
    return rows


def _paths(kind: Any, path: str) -> Iterator[tuple[str, str]]:
    """The paths under a field of that type."""
    if get_origin(kind) in (Union, UnionType):
        for choice in get_args(kind):
            yield from _paths(choice, path)
    elif get_origin(kind) is tuple:
        yield path, "list"
        yield from _paths(get_args(kind)[0], f"{path}[]")
    elif is_dataclass(kind):
        yield from _fields(kind, path)
    elif path:
        yield path, {bool: "yes-no", int: "number", float: "number"}.get(kind, "words" if _mapping(kind) else "text")


def _fields(kind: Any, path: str) -> Iterator[tuple[str, str]]:
    before = f"{path}." if path else ""
    if path:
        yield path, "group"
    hints = get_type_hints(kind)
    if hasattr(kind, "kind"):
        yield f"{before}kind", "text"
    for field in fields(kind):
        if kind is GoalRow and field.name in CELLS:
            yield before + field.name, "blocks"
        elif field.name not in (*LEFT_OUT.get(kind, ()), *HIDDEN.get(kind, ())):
            yield from _paths(hints[field.name], before + field.name)
    for derived in DERIVED.get(kind, ()):
        yield before + derived, "text"


def _mapping(kind: Any) -> bool:
    return isinstance(get_origin(kind), type) and hasattr(get_origin(kind), "keys")


def _examples(data: Any, steps: list[str]) -> Iterator[str]:
    if not steps:
        if isinstance(data, str | int | float):
            yield str(data)
        return
    found = data.get(steps[0].removesuffix("[]")) if isinstance(data, dict) else None
    for part in found if steps[0].endswith("[]") and isinstance(found, list) else [found]:
        yield from _examples(part, steps[1:])
