"""The goals of the plan on slides: a board of how many measures are well, and the measures that need attention."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reports.document import Block, Cell, Column, Paragraph, Row, Run, Section, Table, text_cell
from reports.goals.follow import Followed
from reports.goals.standing import Standing
from reports.month.monthly_figures import Month
from reports.month.monthly_goals import care_row
from reports.plan.follow_document import ATTENTION, GOOD
from reports.slides.origins import mark, notes
from reports.write.pptx_deck import GOALS

CARED = f"{GOALS}-attention"
BOARD = {"goal": 0.58, "well": 0.12, "attention": 0.18, "unknown": 0.12}
CARE = {"measure": 0.44, "target": 0.2, "now": 0.18, "standing": 0.18}


def board(judged: Sequence[Followed], month: Month) -> list[Section]:
    """A row for each goal: how many of its measures are well, need attention, and are not known."""
    goals: dict[str, list[Followed]] = {}
    for one in judged:
        goals.setdefault(one.placed.goal.id, []).append(one)
    if not goals:
        return []
    say = month.work.say
    columns = tuple(
        Column(say(f"monthly.board_{name}"), "left" if name == "goal" else "right", share)
        for name, share in BOARD.items()
    )
    rows = tuple(_goal(group, month) for group in goals.values())
    title = say("monthly.section_goals")
    table = Table(GOALS, title, columns, rows, caption=f"{say('monthly.board_note')}.", name=GOALS)
    return [Section(GOALS, title, _with_origins(table, judged, month))]


def attention(judged: Sequence[Followed], month: Month) -> list[Section]:
    """The measures that need attention, the most urgent first: target, where it is now, status."""
    found = sorted((one for one in judged if one.judged.standing in ATTENTION), key=_urgency)
    if not found:
        return []
    say = month.work.say
    columns = tuple(Column(say(f"followup.{name}"), share=share) for name, share in CARE.items())
    title = say("slides.attention")
    rows = tuple(care_row(one, month) for one in found)
    table = Table(CARED, title, columns, rows, caption=say("slides.attention_note"), name=CARED)
    return [Section(CARED, title, _with_origins(table, found, month))]


def _goal(group: Sequence[Followed], month: Month) -> Row:
    say, placed = month.work.say, group[0].placed
    well = sum(one.judged.standing in GOOD for one in group)
    care = sum(one.judged.standing in ATTENTION for one in group)
    unknown = sum(one.judged.standing is Standing.NO_DATA for one in group)
    return Row((
        text_cell(say("monthly.board_row", number=placed.goal_number, title=placed.goal.title)),
        text_cell(say("monthly.of_all", count=well, all=len(group))),
        Cell((Paragraph((Run(str(care), strong=care > 0),)),), Decimal(care)),
        text_cell(str(unknown), Decimal(unknown)),
    ))  # fmt: skip


def _urgency(one: Followed) -> tuple[int, Decimal]:
    gap = one.judged.gap
    return ATTENTION.index(one.judged.standing), -gap if gap is not None else Decimal(0)


def _with_origins(table: Table, judged: Sequence[Followed], month: Month) -> tuple[Block, ...]:
    """A table of measures with the mark of examples before it and the sources of its figures after it."""
    shown = [one.now for one in judged if one.now]
    return (*mark(shown, month.work), table, *notes(shown, month.work))
