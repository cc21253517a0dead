"""The plan's goals in a month: how many measures stand how, which of them turned since the month before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reports.document import Block, Cell, Column, Entry, List, Paragraph, Row, Run, Table, text_cell
from reports.goals.follow import Followed
from reports.goals.measures import name_of
from reports.goals.standing import Standing
from reports.model import Status
from reports.month.monthly_figures import Month, shown_observations
from reports.plan.follow_document import ATTENTION, GOOD
from reports.tables import sentences

UNKNOWN = (Standing.NO_DATA,)
# The board's columns by their names in the catalogue, with their parts of the width.
COLUMNS = {"goal": 0.4, "well": 0.13, "attention": 0.36, "unknown": 0.11}
MOST_NAMED = 5


def board(judged: Sequence[Followed], month: Month) -> list[Block]:
    """Each goal with its measures by status; those that need attention by name. Nothing where nothing is followed."""
    goals: dict[str, list[Followed]] = {}
    for one in judged:
        goals.setdefault(one.placed.goal.id, []).append(one)
    if not goals:
        return []
    work = month.work
    columns = tuple(
        Column(work.say(f"monthly.board_{name}"), "left" if name in ("goal", "attention") else "right", share)
        for name, share in COLUMNS.items()
    )
    title = work.say("monthly.board", when=work.language.when(month.at))
    number = work.number("table", "monthly-board")
    rows = tuple(_row(group, month) for group in goals.values())
    caption = sentences(title, work.say("monthly.board_note"))
    label = work.label("table")
    return [Table("table-monthly-board", title, columns, rows, label, number, caption, "monthly-board")]


def turned(judged: Sequence[Followed], earlier: Sequence[Followed], month: Month) -> list[Block]:
    """What changed since the month before: statuses that turned, figures that came or went, those revised."""
    then = {one.placed.measure.key: one for one in earlier}
    pairs = [(then[one.placed.measure.key], one) for one in judged if one.placed.measure.key in then]
    moved = [(old, new) for old, new in pairs if old.judged.standing != new.judged.standing]
    said = list(_said(moved, month))
    blocks: list[Block] = []
    if lines := tuple(_turn(old, new, month) for old, new in moved if _both(old, new)):
        blocks.append(List(lines))
    elif pairs:
        alike = any(_both(old, new) and new.now for old, new in pairs)
        said.insert(0, month.work.say("monthly.none_turned" if alike else "monthly.none_before"))
    return [*blocks, *([Paragraph((Run(" ".join(said)),))] if said else [])]


def _row(group: Sequence[Followed], month: Month) -> Row:
    placed = group[0].placed
    well = sum(one.judged.standing in GOOD for one in group)
    open_ones = [one for one in group if one.judged.standing in ATTENTION]
    return Row((
        text_cell(month.work.say("monthly.board_row", number=placed.goal_number, title=placed.goal.title)),
        text_cell(month.work.say("monthly.of_all", count=well, all=len(group))),
        _names(open_ones, month),
        _count(sum(one.judged.standing in UNKNOWN for one in group)),
    ))  # fmt: skip


def _count(count: int) -> Cell:
    return text_cell(str(count), Decimal(count))


def _names(found: Sequence[Followed], month: Month) -> Cell:
    """The measures that need attention, a line each, with their status."""
    lines = [
        month.work.say("monthly.measure", name=_name(one, month), status=month.work.say(f"standing.{_status(one)}"))
        for one in found
    ]
    return Cell(tuple(Paragraph((Run(line),)) for line in lines or [month.work.say("plan.nothing")]))


def _both(old: Followed, new: Followed) -> bool:
    return Standing.NO_DATA not in (old.judged.standing, new.judged.standing)


def _turn(old: Followed, new: Followed, month: Month) -> Entry:
    say = month.work.say
    values = {"was": say(f"standing.{_status(old)}"), "now": say(f"standing.{_status(new)}")}
    name, number = _name(new, month), new.placed.goal_number
    return Entry((Run(say("monthly.turned", name=name, number=number, **values)),))


def _said(moved: Sequence[tuple[Followed, Followed]], month: Month) -> Iterator[str]:
    """How many measures got a figure or lost it, and which shown figures the publisher has revised."""
    got = [new for old, new in moved if old.judged.standing is Standing.NO_DATA]
    lost = [new for _, new in moved if new.judged.standing is Standing.NO_DATA]
    for key, found in (("got", got), ("lost", lost)):
        if found:
            form = "_one" if len(found) == 1 else "_many" if len(found) > MOST_NAMED else ""
            names = "; ".join(_name(one, month) for one in found)
            yield month.work.say(f"monthly.{key}{form}", count=len(found), names=names)
    if revised := [o for o in shown_observations(month.printed) if o.status is Status.REVISED]:
        indicators, short = month.work.dataset.indicators, month.work.language.short
        names = "; ".join(f"{indicators[o.indicator].name}, {o.area} {short(o.period)}" for o in revised)
        yield month.work.say("monthly.revised", names=names)


def _name(one: Followed, month: Month) -> str:
    return name_of(one.placed.measure, month.work.dataset)


def _status(one: Followed) -> str:
    return str(one.judged.standing)
