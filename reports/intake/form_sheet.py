"""The rows of a form -> an Excel workbook: instructions, the sheet to be filled in, the sources to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from math import ceil
from typing import Any, NamedTuple

from reports.finnish import Language
from reports.intake.form_rows import FormRow
from reports.intake.form_rules import Line, absolute, choice_rule, value_rules
from reports.model import Dataset, Mark, Observation, Status
from reports.period import Period
from reports.read.number import words
from reports.write.sheet_text import sheet_name
from reports.write.stable_zip import stable
from reports.write.xlsx import A4, CREATED, LINE, NARROWNESS, OPTIONS, ROW, TALLEST, TITLE_ROW, Styles

NAME = "vuosikello_form"  # a name of the workbook that stands for the table: by it an import knows a form of ours
TABLE, MARKS, SOURCES = "vuosikello_rows", "vuosikello_marks", "vuosikello_sources"
# The columns and their widths in characters.
COLUMNS = {
    "indicator": 34,
    "time": 16,
    "about": 20,
    "last": 13,
    "last_time": 16,
    "value": 14,
    "unit": 13,
    "status": 15,
    "source": 30,
    "note": 30,
    "definition": 60,
    "key": 38,
}
INPUTS = ("value", "status", "source", "note")
HEAD_ROW = 3  # of the table, counted from 0
REASON, REASON_WIDTH, BEFORE_REASON = "reason", 60, "note"  # a column of a form that comes back
COMMENT_WIDTH, COMMENT_LINE, COMMENT_LETTERS = 360, 20, 48  # pixels, and the letters of a line
GUIDE_WIDTH, MARK_WIDTH = 96, 12
ALLOWED = {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True}


class Form(NamedTuple):
    """A form to be written: whose figures, its title, who is asked (empty: everybody), and its rows.

    `correct` is what is said above a form that comes back; it has a column with the reasons as well.
    """

    dataset: Dataset
    title: str
    owner: str
    lines: tuple[Line, ...]
    correct: str = ""


def form_of(dataset: Dataset, period: Period, owner: str, rows: Sequence[FormRow], language: Language) -> Form:
    """The form that asks for some rows."""
    labels, say = source_labels(dataset), language.catalogue.say
    given = {name: say(f"form.fill.{name}") for name in ("value", "note")} | {"status": say(f"status.{Status.FINAL}")}
    lines = []
    for row in rows:
        source = row.indicator.source or (row.last.source if row.last else "")
        chosen = {"source": labels.get(source, say("form.fill.source"))}
        lines.append(Line(shown(row, language) | given | chosen, row.indicator))
    return Form(dataset, say("form.title", period=language.when(period)), owner, tuple(lines))


def source_labels(dataset: Dataset) -> dict[str, str]:
    """The sources of sources.yaml as a form shows them: by title; where two have the same one, with the name."""
    titles = [source.title for source in dataset.sources.values()]
    return {
        name: source.title if titles.count(source.title) == 1 else f"{source.title} ({name})"
        for name, source in dataset.sources.items()
    }


def shown(row: FormRow, language: Language) -> dict[str, str]:
    """What the locked cells of a row say, by column."""
    blank = language.catalogue.say("document.blank")
    return {
        "indicator": row.indicator.name,
        "time": language.when(row.period),
        "about": f"{row.area} / {row.group}" if row.group else row.area,
        "last": _figure(row.last, row, language) if row.last else blank,
        "last_time": language.when(row.last.period) if row.last else blank,
        "unit": row.indicator.unit,
        "definition": row.indicator.definition or blank,
        "key": row.key,
    }


def write_form(form: Form, language: Language, theme: Mapping[str, str]) -> bytes:
    """The workbook, its words in a language and its look from the theme. The same form gives the same bytes."""
    from xlsxwriter import Workbook

    out = BytesIO()
    book = Workbook(out, OPTIONS)
    author = form.dataset.setup.organisation
    book.set_properties({"title": form.title, "subject": form.owner, "author": author, "created": CREATED})
    sheets = _Sheets(book, form, language, Styles(book, theme, language.catalogue.say("document.blank")))
    sheets.guide()
    sheets.figures()
    sheets.sources()
    book.close()
    return stable(out.getvalue())


class _Sheets:
    """The sheets of one form, being written."""

    def __init__(self, book: Any, form: Form, language: Language, styles: Styles) -> None:
        self.book = book
        self.form = form
        self.language = language
        self.say = language.catalogue.say
        self.styles = styles
        self.labels = source_labels(form.dataset)
        names = language.catalogue.part("form.sheet")
        taken: set[str] = {"history"}
        self.names = {name: sheet_name(names[name], taken) for name in ("guide", "figures", "sources")}

    def guide(self) -> None:
        """The sheet of instructions, the marks in a table below them."""
        setup, owner = self.form.dataset.setup, self.form.owner
        values = {**self.names, **self.language.catalogue.part("form.column")}
        steps = self.language.catalogue.part("form.step").values()
        lines = [setup.organisation, *([self.say("form.owner", owner=owner)] if owner else [])]
        lines += [f"{number}. {step.format(**values)}" for number, step in enumerate(steps, 1)]
        page = self._page("guide", self.form.title, lines, GUIDE_WIDTH)
        meaning = self.language.catalogue.part("form.mark")
        rows = [(meaning[mark.name.lower().replace("_", "-")], str(mark)) for mark in Mark]
        heads = (meaning["meaning"], meaning["mark"])
        self._table(page, len(lines) + 2, MARKS, heads, (GUIDE_WIDTH, MARK_WIDTH), rows)

    def sources(self) -> None:
        """The sheet of the sources that can be chosen."""
        page = self._page("sources", self.say("form.sources"), [self.say("form.sources-lead", **self.names)])
        blank = self.styles.blank
        rows = [(self.labels[name], source.publisher or blank) for name, source in self.form.dataset.sources.items()]
        heads = (self.say("form.column.source"), self.say("form.publisher"))
        widths = (COLUMNS["definition"], COLUMNS["source"])
        self._table(page, HEAD_ROW, SOURCES, heads, widths, rows or [(blank, blank)])

    def figures(self) -> None:
        """The sheet that is filled in."""
        lead = self.form.correct or self.say("form.lead", **self.language.catalogue.part("form.column"))
        page = self._page("figures", self.form.title, [lead])
        columns: dict[str, int] = {}
        for name, width in COLUMNS.items():
            columns |= {name: width} | ({REASON: REASON_WIDTH} if self.form.correct and name == BEFORE_REASON else {})
        heads = [self.say(f"form.column.{name}") for name in columns]
        rows = [tuple(line.cells[name] for name in columns) for line in self.form.lines]
        self._table(page, HEAD_ROW, TABLE, heads, tuple(columns.values()), rows, autofilter=True)
        last = HEAD_ROW + len(rows)
        sheet = self.names["figures"].replace("'", "''")
        self.book.define_name(NAME, f"='{sheet}'!{absolute(HEAD_ROW, 0)}:{absolute(last, len(columns) - 1)}")
        for number, line in enumerate(self.form.lines, HEAD_ROW + 1):
            self._open(page, number, line, columns)
        self._rules(page, HEAD_ROW + 1, last)
        page.freeze_panes(HEAD_ROW + 1, 1)
        page.set_landscape()
        page.repeat_rows(HEAD_ROW)

    def _open(self, page: Any, number: int, line: Line, columns: Iterable[str]) -> None:
        """Open the cells of a row that are filled in, and mark those that have to be corrected."""
        for at, name in enumerate(columns):
            fault = line.faults.get(name)
            if name not in INPUTS and not fault:
                continue
            style = self._box(name in INPUTS, bool(fault))
            if name == "value" and line.number is not None:
                page.write_number(number, at, float(line.number), style)
            else:
                page.write_string(number, at, line.cells[name], style)
            if fault:
                lines = sum(ceil(len(one) / COMMENT_LETTERS) for one in fault.split("\n")) + 1
                size = {"author": self.say("form.author"), "width": COMMENT_WIDTH, "height": COMMENT_LINE * lines}
                page.write_comment(number, at, fault, size)

    def _page(self, name: str, title: str, lines: Sequence[str], width: int = 0) -> Any:
        """A new sheet with its title and the lines below it; where a `width` is given they are wrapped in it."""
        page = self.book.add_worksheet(self.names[name])
        page.set_default_row(ROW)
        page.set_row(0, TITLE_ROW)
        page.write_string(0, 0, title, self.styles.title())
        for row, line in enumerate(lines, 1):
            page.write_string(row, 0, line, self.styles.of(text_wrap=bool(width)))
            if width:
                page.set_row(row, LINE * _lines([line], [width]) + ROW - LINE)
        page.hide_gridlines(2)
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        page.set_footer("&L&A&R&P / &N")
        page.protect("", ALLOWED)
        return page

    def _table(
        self,
        page: Any,
        top: int,
        name: str,
        heads: Sequence[str],
        widths: Sequence[int],
        rows: Sequence[tuple[str, ...]],
        autofilter: bool = False,
    ) -> None:
        """A marked-up table of texts under its headings."""
        formats = [self.styles.head(False) for _ in heads]
        columns = [{"header": head, "header_format": form} for head, form in zip(heads, formats, strict=True)]
        options = {"name": name, "style": None, "autofilter": autofilter, "columns": columns}
        options |= {"title": self.form.title, "description": self.say("form.alt", rows=len(rows))}
        page.add_table(top, 0, top + len(rows), len(heads) - 1, options)
        style = self.styles.cell(False, text_wrap=True)
        for number, cells in enumerate([tuple(heads), *rows]):
            page.set_row(top + number, min(LINE * _lines(cells, widths) + ROW - LINE, TALLEST))
            for at, cell in enumerate(cells) if number else ():
                page.write_string(top + number, at, cell, style)
        for at, width in enumerate(widths):
            page.set_column(at, at, width)
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{top + len(rows) + 1}"})

    def _box(self, is_open: bool, faulty: bool) -> Any:
        """A cell in a box of its own. Its number format is the general one, so that `36,9 %` stays per cent."""
        theme = self.styles.theme
        look: dict[str, Any] = {"bg_color": theme["alert"], "font_color": theme["paper"], "bold": True}
        look = look if faulty else {"bg_color": theme["tint"]}
        look |= {"border": 1, "border_color": theme["accent"], "align": "left", "indent": 1, "text_wrap": True}
        return self.styles.of(locked=not is_open, **look)

    def _rules(self, page: Any, first: int, last: int) -> None:
        """What may be written into the open cells of the rows."""
        places = {name: at for at, name in enumerate(COLUMNS)}
        for above, below, rule in value_rules(self.form.lines, first, places["value"], self.language):
            page.data_validation(above, places["value"], below, places["value"], rule)
        sheet = self.names["sources"].replace("'", "''")
        listed = f"='{sheet}'!{absolute(HEAD_ROW + 1, 0)}:{absolute(HEAD_ROW + len(self.labels), 0)}"
        choices: dict[str, str | list[str]] = {"status": [self.say(f"status.{one}") for one in Status]}
        choices |= {"source": listed} if self.labels else {}
        for name, among in choices.items():
            page.data_validation(first, places[name], last, places[name], choice_rule(among, self.language))


def _figure(o: Observation, row: FormRow, language: Language) -> str:
    """A figure as a form shows it, with its status where that is not final."""
    if o.value is None or o.mark:
        text = str(o.mark or Mark.UNAVAILABLE)
    else:
        text = language.number(o.value, row.indicator.decimals, upper=o.upper)
        text = f"{words()['approximate']['words'][0]} {text}" if o.approximate else text
    if o.status is Status.FINAL:
        return text
    return f"{text} ({language.catalogue.say(f'status.{o.status}')})"


def _lines(cells: Sequence[str], widths: Sequence[int]) -> int:
    """How many lines the longest cell of a row takes."""
    return max(
        sum(max(1, ceil(NARROWNESS * len(line) / (width - 2))) for line in cell.split("\n"))
        for cell, width in zip(cells, widths, strict=True)
    )
