"""The plan's goals in a month: how many measures stand how, those that need attention, what each is judged by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from reports import facts
from reports.document import Block, Cell, Column, Paragraph, Row, Run, Table, text_cell
from reports.goals.follow import Followed
from reports.goals.measures import name_of, target_text, value_text
from reports.goals.standing import Standing
from reports.goals.yardstick import age, ends
from reports.model import Dataset
from reports.month.monthly_figures import Month
from reports.month.monthly_revisions import Log
from reports.period import Period
from reports.plan.follow_document import ATTENTION, GOOD
from reports.plan.model import Plan
from reports.read.plan import baselines
from reports.schedule.rhythm import joined as listed
from reports.tables import sentences

# The board's columns by their names in the catalogue, with what they count; together they hold every measure.
COUNTED: Mapping[str, tuple[Standing, ...]] = {
    "well": GOOD,
    "attention": (*ATTENTION, Standing.UNCHANGED),
    "unknown": (Standing.NO_DATA,),
    "in_words": (Standing.QUALITATIVE, Standing.NO_TARGET),
    "all": tuple(Standing),
}
SHARES = (0.425, 0.12, 0.13, 0.1, 0.135, 0.09)
CARE = {"measure": 0.45, "target": 0.22, "now": 0.15, "standing": 0.18}


class Judged(NamedTuple):
    """The measures of a plan judged at a month and at the one before it; empty where no plan is followed then.

    `title` is the plan's. `log` tells which figures were revised, be there a plan or none.
    """

    title: str = ""
    now: Sequence[Followed] = ()
    earlier: Sequence[Followed] = ()
    log: Log = Log()


def is_followed(plan: Plan, period: Period, at: Period, dataset: Dataset) -> bool:
    """Whether the goals of the plan of a period are followed in a month: from its baselines on, as long as it runs.

    A baseline that is older than `baseline_months` begins nothing: the measure was followed by another plan then.
    """
    eve = Period(period.first - timedelta(days=1), period.first - timedelta(days=1))
    days = [o.period.last for placed in plan.measures() for o in baselines(placed.measure, dataset)]
    most = dataset.setup.followup.baseline_months
    young = [day for day in days if day < period.first and age(Period(day, day), eve) <= most]
    last = max(period.last, plan.due.last if plan.due else period.last)
    return min([*young, period.first]) <= at.last and at.first <= last


def is_own(one: Followed, at: Period) -> bool:
    """Whether the figure that a measure is judged by is of the month, or of a time that holds it; not carried over."""
    return one.now is not None and bool(ends(one.now)) and one.now.period.last >= at.first


def is_known(one: Followed) -> bool:
    """Whether there is a figure to judge a measure by."""
    return bool(ends(one.now)) and one.judged.standing is not Standing.NO_DATA


def status_of(one: Followed, month: Month) -> str:
    """The status of a measure in words that need no table around them."""
    near = one.judged.standing is Standing.NEAR
    return month.work.say("monthly.near" if near else f"standing.{one.judged.standing}")


def goals(judged: Judged, month: Month) -> list[Block]:
    """Each goal with its measures by status, then those that need attention. Nothing where no figure is known."""
    table = board(judged, month)[:1]
    return [*table, *_attention(judged.now, month)] if table else []


def board(judged: Judged, month: Month) -> list[Block]:
    """Each goal with its measures by status, and in a sentence those that need attention."""
    if not any(map(is_known, judged.now)):
        return []
    work, say = month.work, month.work.say
    of_goals: dict[str, list[Followed]] = {}
    for one in judged.now:
        of_goals.setdefault(one.placed.goal.id, []).append(one)
    heads = ["goal", *COUNTED]
    columns = tuple(
        Column(say(f"monthly.board_{head}"), "right" if at else "left", share)
        for at, (head, share) in enumerate(zip(heads, SHARES, strict=True))
    )
    rows = [*_rows(list(of_goals.values()), month), _row(say("monthly.board_sum"), judged.now, total=True)]
    title = say("monthly.board", plan=judged.title, when=work.language.when(month.at))
    number, label = work.number("table", "monthly-board"), work.label("table")
    caption = sentences(title, say("monthly.board_how"), _carried(judged.now, month))
    table = Table("table-monthly-board", title, columns, tuple(rows), label, number, caption, "monthly-board")
    names = "; ".join(name_of(one.placed.measure, work.dataset) for one in _open(judged.now))
    return [table, Paragraph((Run(say("monthly.care", names=names)),), role="note")] if names else [table]


def _open(judged: Sequence[Followed]) -> list[Followed]:
    return [one for one in judged if one.judged.standing in COUNTED["attention"]]


def care_row(one: Followed, month: Month) -> Row:
    """A measure that needs attention: its name, target, figure, and status; a figure carried over has its month."""
    work, say = month.work, month.work.say
    nothing = say("plan.nothing")
    name = say("followup.of_goal", name=name_of(one.placed.measure, work.dataset), number=one.placed.goal_number)
    now = value_text(one.now, one.indicator, work.language) if one.now and one.indicator else nothing
    if one.now and not is_own(one, month.at):
        now = say("followup.figure", value=now, when=work.language.short(one.now.period))
    target = target_text(one.placed.measure, work.dataset, work.language, one.target) or nothing
    status = status_of(one, month)
    shown = Paragraph((Run(status[:1].upper() + status[1:], strong=True),))
    return Row((text_cell(name), text_cell(target), text_cell(now), Cell((shown,))))


def _rows(goals: Sequence[Sequence[Followed]], month: Month) -> Iterator[Row]:
    """A row for each goal; where nothing is known of most of them, these share one."""
    say = month.work.say
    bare = [group for group in goals if not any(map(is_known, group))]
    together = bare if 2 * len(bare) > len(goals) else []
    for group in goals:
        if group not in together:
            placed = group[0].placed
            yield _row(say("monthly.board_row", number=placed.goal_number, title=placed.goal.title), group)
    if together:
        numbers = listed([group[0].placed.goal_number for group in together], month.work.language)
        yield _row(say("monthly.board_others", numbers=numbers), [one for group in together for one in group])


def _row(title: str, group: Sequence[Followed], total: bool = False) -> Row:
    counts = [sum(one.judged.standing in counted for one in group) for counted in COUNTED.values()]
    return Row((text_cell(title), *(text_cell(str(count), Decimal(count)) for count in counts)), total)


def _carried(judged: Sequence[Followed], month: Month) -> str:
    """Which statuses rest on figures of an earlier time: `11/2022 (14 mittaria)`; empty for none."""
    say = month.work.say
    known = [one for one in judged if is_known(one)]
    old = Counter(one.now.period for one in known if one.now and not is_own(one, month.at))
    if not old:
        return ""
    items = [
        say(f"monthly.carried_{'one' if count == 1 else 'some'}", when=month.work.language.short(period), count=count)
        for period, count in sorted(old.items(), reverse=True)
    ]
    own = len(known) - old.total()
    return say(f"monthly.own_{'some' if own else 'none'}", count=own, items=", ".join(items))


def _attention(judged: Sequence[Followed], month: Month) -> list[Block]:
    """The measures that need attention, in the order of the plan."""
    found = _open(judged)
    if not found:
        return []
    work, say = month.work, month.work.say
    for one in found:
        if one.now and one.indicator:
            at = f"{one.now.indicator} {one.now.period} {one.now.area}"
            month.show(value_text(one.now, one.indicator, work.language), at, facts.of(one.now, one.indicator))
    columns = tuple(Column(say(f"followup.{head}"), share=share) for head, share in CARE.items())
    title, number = say("monthly.attention"), work.number("table", "monthly-attention")
    rows = tuple(care_row(one, month) for one in found)
    label, name = work.label("table"), "monthly-attention"
    return [Table(f"table-{name}", title, columns, rows, label, number, sentences(title), name)]
