"""An action plan -> the parts of its document: goals with their tables, closing sections, follow-up, abbreviations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reports.charts import Chosen
from reports.compose import Composition
from reports.document import (
    Block,
    Column,
    Entry,
    Goal,
    GoalRow,
    Goals,
    Heading,
    List,
    Paragraph,
    Row,
    Run,
    Section,
    Table,
    text_cell,
)
from reports.document import Cell as TableCell
from reports.goals.measures import baseline_text, name_of, target_text
from reports.period import Period
from reports.plan.model import Action, Measure, Plan, PlanSection
from reports.plan.model import Goal as PlanGoal
from reports.plan.model import GoalRow as PlanRow
from reports.read.plan import baselines
from reports.reporting import Reporting
from reports.schedule import clock, rhythm
from reports.schedule.occasions import plan_lines, plan_months
from reports.tables import sentences

Cell = tuple[Paragraph | List, ...]
# How deep a heading shared by measures, and a measure under it, stand in the list of a cell.
TOP, UNDER = 0, 1


def sections(plan: Plan, period: Period, work: Composition) -> tuple[Section, ...]:
    """The plan as sections of a document of its own."""
    return tuple(Section(f"plan-{name}", title, tuple(blocks)) for name, title, blocks in _parts(plan, period, work))


def attachment(plan: Plan, period: Period, work: Composition) -> Section:
    """The plan as one landscape section of another document, its closing parts under headings."""
    blocks: list[Block] = []
    for at, (name, title, part) in enumerate(_parts(plan, period, work)):
        blocks += [Heading(title, 2, f"plan-{name}")] if at else []
        blocks += part
    return Section("attachment-plan", plan.title, tuple(blocks), landscape=True)


def _parts(plan: Plan, period: Period, work: Composition) -> Iterator[tuple[str, str, list[Block]]]:
    """Name, title and blocks of each part."""
    goals = Goals(tuple(_goal(goal, at, work) for at, goal in enumerate(plan.goals.values(), 1)))
    yield "goals", work.say("plan.goals"), [goals]
    for at, section in enumerate(plan.sections, 1):
        yield f"section-{at}", section.title, _closing(section, work)
    if plan_lines(work.dataset.setup, period):
        yield "reporting", work.say("plan.reporting"), [_calendar(period, work), *_clock(period, work)]
    if plan.terms:
        entries = tuple(
            Entry((own(term, work, strong=True), own(f": {meaning}", work))) for term, meaning in plan.terms.items()
        )
        yield "terms", work.say("plan.terms"), [List(entries)]


def own(text: str, work: Composition, strong: bool = False) -> Run:
    """A text of the city's as running text."""
    return Run(text, strong, language=work.foreign)


def own_cell(text: str, work: Composition) -> TableCell:
    """A text of the city's as the cell of a table."""
    return TableCell((Paragraph((own(text, work),)),))


def goal_heading(goal: PlanGoal, at: int, work: Composition) -> str:
    """The printed heading of the goal that stands at this place: `Tavoite 1. ...`."""
    return work.say("plan.goal", number=goal.number or at, title=goal.title)


def _goal(goal: PlanGoal, at: int, work: Composition) -> Goal:
    rows = tuple(_row(row, number, work) for number, row in enumerate(goal.rows, 1))
    return Goal(f"goal-{at}", goal_heading(goal, at, work), goal.means, rows)


def _row(row: PlanRow, at: int, work: Composition) -> GoalRow:
    title = work.say("plan.row", number=row.number or at, title=row.title) if row.title else str(row.number or at)
    measures: Cell = _listed(_measures(row.measures, work))
    if row.note:
        measures += (Paragraph((own(row.note, work),)),)
    actions = _listed(entry for action in row.actions for entry in _action(action, work))
    responsible = tuple(Paragraph((own(who, work),)) for who in row.responsible)
    nobody, nothing = (Paragraph((Run(work.say(f"plan.{word}")),)) for word in ("nobody", "nothing"))
    return GoalRow(title, measures or (nothing,), actions or (nothing,), responsible or (nobody,))


def _listed(entries: Iterable[Entry]) -> Cell:
    made = tuple(entries)
    return (List(made),) if made else ()


def _measures(measures: Sequence[Measure], work: Composition) -> Iterator[Entry]:
    under = ""
    for measure in measures:
        if measure.under and measure.under != under:
            yield Entry((own(f"{measure.under}:", work),), TOP)
        under = measure.under
        yield Entry(_measure(measure, work), UNDER if under else TOP)


def _measure(measure: Measure, work: Composition) -> tuple[Run, ...]:
    """`Asiakasmäärä: pysyy alle 2 900 (11/2022: 2 621 henkilöä)`, the target in bold."""
    dataset, language = work.dataset, work.language
    runs = [own(name_of(measure, dataset), work)]
    if target := target_text(measure, dataset, language):
        runs += [Run(": "), Run(target, strong=True)]
    if start := baseline_text(baselines(measure, dataset), dataset, language):
        runs.append(Run(f" ({start})"))
    return (*runs, own(f". {measure.note}", work)) if measure.note else tuple(runs)


def _action(action: Action, work: Composition) -> Iterator[Entry]:
    yield Entry((own(action.text, work),), TOP)
    yield from (Entry((own(part, work),), UNDER) for part in action.parts)


def _closing(section: PlanSection, work: Composition) -> list[Block]:
    return list(_listed(entry for action in section.items for entry in _action(action, work)))


def _calendar(period: Period, work: Composition) -> Table:
    """Who is told what, when and by whom."""
    setup, nothing = work.dataset.setup, work.say("plan.nothing")
    heads = ("audience", "what", "when", "by")
    shares = (0.26, 0.38, 0.22, 0.14)
    columns = tuple(Column(work.say(f"plan.{head}"), share=share) for head, share in zip(heads, shares, strict=True))
    rows = tuple(
        Row(
            (
                *(own_cell(text, work) for text in (one.audience, rhythm.told(one))),
                text_cell(_when(one, period, work)),
                own_cell(one.by, work) if one.by else text_cell(nothing),
            )
        )
        for one in plan_lines(setup, period)
    )
    return Table("table-reporting", work.say("plan.reporting"), columns, rows, name="reporting")


def _when(line: Reporting, period: Period, work: Composition) -> str:
    dated = [work.language.short(month) for month in plan_months(line, period)]
    return rhythm.when(line, dated, work.dataset.setup.releases, work.language)


def _clock(period: Period, work: Composition) -> list[Block]:
    """The same as a year clock, where any of it has a time of the year."""
    chosen = Chosen(clock.plan_clock(work.dataset.setup, period, work.language), (), str(period))
    if not any(one.times for one in chosen.chart.rounds):
        return []
    return [work.figure(clock.KIND, chosen, sentences(chosen.chart.title))]
