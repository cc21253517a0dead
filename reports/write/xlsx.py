"""Document -> data workbook: one table a sheet, numbers as numbers, a list of sheets first and the sources last."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from io import BytesIO
from math import ceil
from typing import Any, NamedTuple

from reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Figure,
    Goal,
    Goals,
    Heading,
    List,
    Notice,
    Paragraph,
    Row,
    Runs,
    Section,
    Table,
    text_cell,
)
from reports.errors import ReportError, problem
from reports.write.sheet_columns import divided
from reports.write.sheet_text import number_format, sentences, sheet_name, unlike
from reports.write.stable_zip import stable
from reports.write.template import Template

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
CREATED = datetime(1980, 1, 1)  # noqa: DTZ001 - a package date has no zone; a fixed one keeps the bytes the same
NARROWEST, WIDEST = 9, 70  # characters
LINE, ROW, TITLE_ROW = 15, 18, 27  # points
TALLEST = 409  # points: Excel takes no higher row
NARROWNESS = 0.92  # a letter of running text against a digit, which column widths are measured in
UNKNOWN = ".."  # the sign of Finnish statistics for a number that there is none of, yet or at all
A4 = 9


class Sheet(NamedTuple):
    """One sheet: its name, what stands above the table, and the table.

    `links` names the sheets its first rows lead to, `about` says where the numbers come from.
    """

    name: str
    lines: tuple[str, ...]
    table: Table
    links: tuple[str, ...] = ()
    about: str = ""


@dataclass(slots=True)
class Styles:
    """The cell formats of a workbook, each made once, and the word that fills an empty cell."""

    book: Any
    theme: Mapping[str, str]
    blank: str
    made: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    def of(self, **look: Any) -> Any:
        """The format with this look, in XlsxWriter's words."""
        key = tuple(sorted(look.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format({"valign": "top", "font_color": self.theme["ink"], **look})
        return self.made[key]

    def title(self) -> Any:
        """The first line of a sheet."""
        return self.of(bold=True, font_size=15, font_color=self.theme["accent"])

    def head(self, right: bool) -> Any:
        """The heading of a column."""
        rules = {"top": 2, "bottom": 1, "top_color": self.theme["accent"], "bottom_color": self.theme["accent"]}
        align = "right" if right else "left"
        return self.of(
            bold=True, text_wrap=True, valign="vcenter", indent=1, bg_color=self.theme["tint"], align=align, **rules
        )

    def cell(self, right: bool, total: bool = False, **look: Any) -> Any:
        """A cell of the table under a hairline; sum rows are bold under a darker one."""
        rule = self.theme["ink" if total else "hairline"]
        align = "right" if right else "left"
        return self.of(bold=total, align=align, indent=1, top=1, top_color=rule, **look)

    def link(self, **look: Any) -> Any:
        """A way to another sheet."""
        return self.of(font_color=self.theme["accent"], underline=1, **look)


def write(document: Document, template: Template) -> bytes:
    """The workbook: contents, a sheet for each figure's numbers and each table, sources.

    Only the theme of the template is used. ReportError(cell-too-long) where Excel cannot hold a text.
    """
    from xlsxwriter import Workbook

    out = BytesIO()
    book = Workbook(out, OPTIONS)
    book.set_properties(
        {"title": document.title, "subject": document.subtitle, "author": document.organisation, "created": CREATED}
    )
    styles = Styles(book, template.theme, document.labels["blank"])
    home = document.labels["contents"]
    for index, sheet in enumerate(sheets(document)):
        _write_sheet(book.add_worksheet(sheet.name), sheet, styles, index, home if index else "")
    book.close()
    return stable(out.getvalue())


def sheets(document: Document) -> list[Sheet]:
    """The sheets of a document's workbook, in order."""
    labels = document.labels
    taken = {"history", labels["contents"].lower(), labels["notes"].lower()}
    data = [_data_sheet(section, block, taken) for section, block in _tables(document)]
    notes = _notes_sheet(document, data)
    names = tuple(sheet.name for sheet in (*data, notes))
    rows = tuple(_row(sheet.name, sheet.lines[0]) for sheet in (*data, notes))
    table = Table("", document.title, (Column(labels["sheet"]), Column(labels["content"])), rows)
    by = ", ".join(part for part in (document.organisation, document.date) if part)
    notices = (notice.text for notice in document.notices)
    lines = tuple(line for line in (document.title, document.subtitle, by, *notices) if line)
    return [Sheet(labels["contents"], lines, table, names), *data, notes]


def _tables(document: Document) -> Iterator[tuple[Section, Table | Figure]]:
    """Every figure and table with its chapter; a chart's numbers that an attachment repeats come once."""
    charts = [figure.table.rows for figure in document.figures()]
    for section in (*document.sections, *document.attachments):
        for block in section.blocks:
            if isinstance(block, Figure) or (isinstance(block, Table) and (block.number or block.rows not in charts)):
                yield section, block
    for table in document.data:
        yield Section("", "", ()), table


def _data_sheet(section: Section, block: Table | Figure, taken: set[str]) -> Sheet:
    table = divided(block.table if isinstance(block, Figure) else block)
    place = next((f"{part.label} {part.number}" for part in (block, section) if part.number), "")
    title = f"{place}. {block.title}" if place else block.title
    name = place if block.number else f"{place} {block.title}".strip()
    about = block.caption if block.caption.rstrip(".") not in {"", block.title} else ""
    return Sheet(sheet_name(name, taken), (title, *sentences(about)), table, about=about or title)


def _notes_sheet(document: Document, data: list[Sheet]) -> Sheet:
    """Where each sheet's numbers come from, then the words of the attachments: sources, known deviations."""
    labels = document.labels
    rows = [_row(sheet.name, sheet.about) for sheet in data]
    for section in document.attachments:
        item = section.heading
        for block in section.blocks:
            item = block.text if isinstance(block, Heading) else item
            rows += [_row(item, text) for text in _words(block)]
            if isinstance(block, Goals):
                rows += [_row(goal.heading, text) for goal in block.goals for text in _goal_words(goal)]
    table = Table("", labels["notes"], (Column(labels["item"]), Column(labels["source_or_note"])), tuple(rows))
    lines = (labels["notes"], *(notice.text for notice in document.notices))
    return Sheet(labels["notes"], lines, table, tuple(sheet.name for sheet in data))


def _words(block: Block) -> list[str]:
    match block:
        case Paragraph():
            return [_with_addresses(block.runs)]
        case List():
            return [f"{entry.number} {_with_addresses(entry.runs)}".strip() for entry in block.entries]
        case Notice():
            return [block.text]
        case _:
            return []


def _goal_words(goal: Goal) -> Iterator[str]:
    """How a goal is pursued, then row by row its measures, actions and responsible, one line a piece."""
    if goal.means:
        yield goal.means
    for row in goal.rows:
        cells = (Cell(blocks).text for blocks in (row.measures, row.actions, row.responsible))
        yield "\n".join(text for text in (row.title, *cells) if text)


def _with_addresses(runs: Runs) -> str:
    return "".join(f"{run.shown} ({run.href})" if run.href else run.shown for run in runs)


def _row(*texts: str) -> Row:
    return Row(tuple(text_cell(text) for text in texts))


def _write_sheet(page: Any, sheet: Sheet, styles: Styles, index: int, home: str) -> None:
    page.set_default_row(ROW)
    page.set_row(0, TITLE_ROW)
    for row, line in enumerate(sheet.lines):
        _put(page.write_string(row, 0, line, styles.of() if row else styles.title()), sheet, line)
    top = len(sheet.lines)
    if home:
        page.write_url(top, 0, f"internal:'{home}'!A1", styles.link(), home)
        top += 1
    top += 1
    _write_table(page, sheet, styles, index, top)
    page.freeze_panes(top + 1, 1 if len(sheet.table.columns) > 2 else 0)
    page.hide_gridlines(2)
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)
    page.set_footer("&L&A&R&P / &N")
    if len(sheet.table.columns) > 4:
        page.set_landscape()


def _write_table(page: Any, sheet: Sheet, styles: Styles, index: int, top: int) -> None:
    columns = sheet.table.columns
    rows = sheet.table.rows or (Row(()),)
    filled = [(*row.cells, *(text_cell("") for _ in columns[len(row.cells) :])) for row in rows]
    heads = _heads(columns, styles.blank)
    page.add_table(top, 0, top + len(rows), len(columns) - 1, _table_options(sheet, styles, index, heads))
    for number, cells in enumerate(filled):
        for column, cell in enumerate(cells):
            last = {"bottom": 1, "bottom_color": styles.theme["accent"]} if number == len(rows) - 1 else {}
            style = partial(styles.cell, columns[column].align == "right", rows[number].total, **last)
            if column == 0 and number < len(sheet.links):
                style = partial(styles.link, align="left", indent=1, top=1, top_color=styles.theme["hairline"], **last)
                link = f"internal:'{sheet.links[number]}'!A1"
                page.write_url(top + 1 + number, column, link, style(), cell.text)
            else:
                # A word in a column of numbers would spoil filters: there a cell without a number has the sign of that.
                blank = UNKNOWN if columns[column].align == "right" else styles.blank
                _write_cell(page, (top + 1 + number, column), cell, style, blank, sheet)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{top + len(rows) + 1}"})
    widths = [_width(head, [cells[column].text for cells in filled]) for column, head in enumerate(heads)]
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    for number, cells in enumerate([_row(*heads).cells, *filled]):
        lines = max(_lines(cell.text, width) for cell, width in zip(cells, widths, strict=True))
        page.set_row(top + number, min(LINE * lines + ROW - LINE, TALLEST))


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column: Excel itself fits a row only once somebody edits it."""
    return sum(max(1, ceil(NARROWNESS * len(line) / (width - 2))) for line in text.split("\n"))


def _table_options(sheet: Sheet, styles: Styles, index: int, heads: list[str]) -> dict[str, Any]:
    formats = [styles.head(column.align == "right") for column in sheet.table.columns]
    rows = sheet.table.rows
    return {
        "name": f"data_{index + 1}",
        "style": None,
        # Sorting would carry a sum row into the middle of its parts.
        "autofilter": len(rows) > 3 and not any(row.total for row in rows) and not sheet.links,
        "columns": [{"header": head, "header_format": form} for head, form in zip(heads, formats, strict=True)],
        "title": sheet.lines[0],
        "description": sheet.about or sheet.lines[-1],
    }


def _write_cell(
    page: Any, place: tuple[int, int], cell: Cell, style: Callable[..., Any], blank: str, sheet: Sheet
) -> None:
    if cell.value is not None:
        shown = number_format(cell.text, cell.value, cell.decimals)
        page.write_number(*place, float(cell.value), style(num_format=shown))
    elif not (text := cell.text or blank):
        page.write_blank(*place, None, style())
    else:
        _put(page.write_string(*place, text, style(text_wrap=True)), sheet, text)


def _put(answer: int, sheet: Sheet, text: str) -> None:
    """XlsxWriter cuts a text of more than 32 767 characters and only says so by its answer."""
    if answer:
        raise ReportError([problem("cell-too-long", sheet=sheet.name, text=text[:60])])


def _heads(columns: tuple[Column, ...], blank: str) -> list[str]:
    """Headings as an Excel table wants them: one line, none empty, no two alike."""
    taken: set[str] = set()
    return [unlike(" ".join(column.text.split()) or blank, taken) for column in columns]


def _width(head: str, texts: list[str]) -> int:
    """Characters a column needs: its longest line, and the longest word of its heading."""
    lines = [line for text in texts for line in text.split("\n")]
    needed = max((*map(len, lines), *map(len, head.split()), 0)) + 4
    return min(max(needed, NARROWEST), WIDEST)
