"""A plan's measures as tables for the workbook: one row a measure, and where the figures come from."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reports.charts import cite, source_of
from reports.compose import Composition
from reports.document import Cell, Column, Row, Table, text_cell
from reports.goals.follow import Followed
from reports.goals.measures import limit_of, name_of, target_text, value_text
from reports.goals.standing import reason
from reports.model import Mark, Observation

# Columns of the sheet of measures by their names in the catalogue; numbers stand to the right.
COLUMNS = (
    "goal_number", "goal", "row", "measure", "id", "area", "group", "target", "limit", "unit", "baseline_time",
    "baseline", "baseline_value", "now_time", "now", "now_value", "standing", "reason", "responsible", "source",
)  # fmt: skip
NUMBERS = ("limit", "baseline_value", "now_value")


def sheets(judged: Sequence[Followed], work: Composition) -> tuple[Table, ...]:
    """The measures with targets, figures, status and responsible; then the sources that they name."""
    title = work.say("measures.title")
    columns = tuple(Column(work.say(f"measures.{name}"), "right" if name in NUMBERS else "left") for name in COLUMNS)
    rows = tuple(Row(tuple(cells[name] for name in COLUMNS)) for cells in (_row(one, work) for one in judged))
    return Table("measures", title, columns, rows, caption=title, name="measures"), _sources(judged, work)


def _row(one: Followed, work: Composition) -> dict[str, Cell]:
    measure, dataset, language = one.placed.measure, work.dataset, work.language
    start = one.baseline[-1] if one.baseline else None
    words = {
        "goal_number": one.placed.goal_number,
        "goal": one.placed.goal.title,
        "row": f"{one.placed.goal_number}.{one.placed.row_number}",
        "measure": name_of(measure, dataset),
        "id": measure.indicator,
        "area": (measure.area or dataset.setup.scope) if measure.indicator else "",
        "group": measure.group,
        "target": target_text(measure, dataset, language, one.target),
        "unit": one.indicator.unit if one.indicator else "",
        "baseline_time": language.short(start.period) if start else "",
        "now_time": language.short(one.now.period) if one.now else "",
        "standing": work.say(f"standing.{one.judged.standing}"),
        "reason": reason(one, language),
        "responsible": "; ".join(one.placed.row.responsible),
        "source": _source(one.now or start, work),
    }
    cells = {name: text_cell(text) for name, text in words.items()}
    limit = limit_of(one)
    cells["limit"] = _number(limit, one.decimals, work)
    return cells | _figure("baseline", start, one, work) | _figure("now", one.now, one, work)


def _figure(name: str, o: Observation | None, one: Followed, work: Composition) -> dict[str, Cell]:
    """A figure as it is printed, and as a bare number where it is one."""
    if o is None or one.indicator is None:
        unknown = Mark.UNAVAILABLE if one.indicator else Mark.NOT_APPLICABLE
        return {name: text_cell(""), f"{name}_value": text_cell(unknown)}
    bare = o.value if o.upper is None else None
    return {
        name: text_cell(value_text(o, one.indicator, work.language)),
        f"{name}_value": _number(bare, one.indicator.decimals, work, o.mark),
    }


def _number(value: Decimal | None, decimals: int, work: Composition, mark: Mark | None = None) -> Cell:
    """A number, or the mark that says why there is none; an empty cell would not."""
    if value is None:
        return text_cell(mark or Mark.NOT_APPLICABLE)
    return text_cell(work.language.number(value, decimals), value, decimals)


def _source(o: Observation | None, work: Composition) -> str:
    source = source_of(o, work.dataset) if o else None
    return source.title if source else ""


def _sources(judged: Sequence[Followed], work: Composition) -> Table:
    shown = [o for one in judged for o in (*one.baseline, one.now) if o]
    found = dict.fromkeys(source for o in shown if (source := source_of(o, work.dataset)))
    title = work.say("measures.sources")
    names = ("source", "licence", "retrieved", "note")
    columns = tuple(Column(work.say(f"measures.{name}")) for name in names)
    rows = tuple(Row(tuple(map(text_cell, (cite(one), one.licence, one.retrieved, one.note)))) for one in found)
    return Table("measure-sources", title, columns, rows, caption=title, name="measure-sources")
