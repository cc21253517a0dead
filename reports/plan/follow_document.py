"""The follow-up of a plan's goals: an overview, then goal by goal target, start, now, status, reason and a chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from figures.chart import Aim, Chart, Series
from reports import charts
from reports.charts import Chosen, cite, source_of
from reports.compose import Composition
from reports.document import (
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    KeyFigure,
    Paragraph,
    Row,
    Run,
    Section,
    Table,
    text_cell,
)
from reports.goals.follow import Followed
from reports.goals.measures import baseline_text, limit_of, name_of, target_text, value_text
from reports.goals.standing import Standing, reason
from reports.goals.target import Comparison
from reports.model import Observation
from reports.period import Period
from reports.plan.model import FollowUpNotes, Goal
from reports.plan.plan_document import goal_heading, own, own_cell

# What a board looks at first.
ATTENTION = (Standing.MISSED, Standing.NOT_YET, Standing.WRONG_WAY, Standing.NEAR)
GOOD = (Standing.AT_LEVEL, Standing.REACHED, Standing.RIGHT_WAY)
MOST_ATTENTION = 8
KIND = "targets"
SIDES: Mapping[Comparison, Literal["below", "above"]] = {
    Comparison.BELOW: "below",
    Comparison.AT_MOST: "below",
    Comparison.AT_LEAST: "above",
    Comparison.ABOVE: "above",
}


class Part(NamedTuple):
    """A part of the follow-up under its heading."""

    heading: Heading
    blocks: tuple[Block, ...]


def sections(judged: Sequence[Followed], notes: FollowUpNotes, work: Composition) -> tuple[Section, ...]:
    """The follow-up as sections of its own document: an upright page of overview, then goals and method, wide."""
    overview, *others = _parts(judged, notes, work)
    rest = tuple(block for part in others for block in (part.heading, *part.blocks))
    return (
        Section(overview.heading.anchor, overview.heading.text, overview.blocks),
        Section("followup-goals", work.say("plan.goals"), rest, landscape=True),
    )


def attachment(judged: Sequence[Followed], notes: FollowUpNotes, at: Period, work: Composition) -> Section:
    """The follow-up as one wide section of another document, its parts under headings."""
    blocks = tuple(block for part in _parts(judged, notes, work) for block in (part.heading, *part.blocks))
    title = work.say("followup.attachment", when=work.language.when(at))
    return Section("attachment-followup", title, blocks, landscape=True)


def key_figures(judged: Sequence[Followed], work: Composition) -> tuple[KeyFigure, ...]:
    """How many measures are well, near, not there, and without figures; in words of outcomes where targets are due."""
    groups = {
        "well": GOOD,
        "near": (Standing.NEAR,),
        "short": (Standing.MISSED, Standing.NOT_YET, Standing.WRONG_WAY),
        "unknown": (Standing.NO_DATA,),
    }
    counts = Counter(one.judged.standing for one in judged)
    found = {name: sum(counts[each] for each in group) for name, group in groups.items()}
    due = {one.case.is_due for one in judged if one.target}
    after = "" if True not in due else "_mixed" if False in due else "_due"
    words = work.language.catalogue.part("followup")
    return tuple(
        KeyFigure(str(count), words.get(f"key_{name}{after}", words[f"key_{name}"])) for name, count in found.items()
    )


def _parts(judged: Sequence[Followed], notes: FollowUpNotes, work: Composition) -> Iterator[Part]:
    """The overview, each goal, the method."""
    yield _part("overview", work.say("followup.overview"), _overview(judged, work))
    goals: dict[str, list[Followed]] = {}
    for one in judged:
        goals.setdefault(one.placed.goal.id, []).append(one)
    for number, (name, group) in enumerate(goals.items(), 1):
        goal = group[0].placed.goal
        comment = (notes.comments or {}).get(name)
        said: list[Block] = [Paragraph((own(comment, work),))] if comment else []
        yield _part(f"goal-{number}", goal_heading(goal, number, work), [*said, *_goal(goal, number, group, work)])
    yield _part("method", work.say("followup.method_title"), _method(judged, work))


def _part(name: str, title: str, blocks: list[Block]) -> Part:
    return Part(Heading(title, 2, f"followup-{name}"), tuple(blocks))


def _overview(judged: Sequence[Followed], work: Composition) -> list[Block]:
    blocks: list[Block] = [_standings(judged, work)]
    first = sorted((one for one in judged if one.judged.standing in ATTENTION), key=_urgency)[:MOST_ATTENTION]
    if first:
        blocks.append(_attention(first, work))
    return blocks


def _standings(judged: Sequence[Followed], work: Composition) -> Paragraph:
    """How many measures there are of each status."""
    counts = Counter(one.judged.standing for one in judged)
    found = ", ".join(f"{work.say(f'standing.{each}')} {counts[each]}" for each in Standing if counts[each])
    return Paragraph((Run(work.say("followup.counts", all=len(judged), counts=found)),))


def _urgency(one: Followed) -> tuple[int, Decimal]:
    """What is missed before what is not there yet; within one, what is farthest from its limit for its size."""
    gap = one.judged.gap
    return ATTENTION.index(one.judged.standing), -gap if gap is not None else Decimal(0)


def _attention(first: Sequence[Followed], work: Composition) -> Table:
    heads, shares = ("measure", "target", "now", "standing"), (0.4, 0.2, 0.2, 0.2)
    columns = tuple(
        Column(work.say(f"followup.{head}"), share=share) for head, share in zip(heads, shares, strict=True)
    )
    rows = tuple(
        Row((_name(one, work, goal=True), text_cell(_target(one, work)), _now(one, work), _standing(one, work)))
        for one in first
    )
    return _table("attention", work.say("followup.attention"), columns, rows, work)


def _goal(goal: Goal, number: int, group: Sequence[Followed], work: Composition) -> list[Block]:
    heads, shares = ("measure", "target", "baseline", "now", "standing"), (0.23, 0.15, 0.18, 0.13, 0.31)
    columns = tuple(
        Column(work.say(f"followup.{head}"), share=share) for head, share in zip(heads, shares, strict=True)
    )
    rows = tuple(
        Row((
            _name(one, work),
            text_cell(_target(one, work)),
            text_cell(_start(one, work)),
            _now(one, work),
            _judged(one, work),
        ))
        for one in group
    )  # fmt: skip
    title = work.say("followup.measures", number=goal.number or number)
    blocks: list[Block] = [_table(f"goal-{number}", title, columns, rows, work)]
    if shown := [one for one in group if _drawable(one)]:
        blocks.append(_chart(f"goal-{number}", work.say("followup.chart", number=goal.number or number), shown, work))
    return blocks


def _name(one: Followed, work: Composition, goal: bool = False) -> Cell:
    name = name_of(one.placed.measure, work.dataset)
    text = work.say("followup.of_goal", name=name, number=one.placed.goal_number) if goal else name
    return own_cell(text, work)


def _start(one: Followed, work: Composition) -> str:
    return baseline_text(one.baseline, work.dataset, work.language) or work.say("plan.nothing")


def _target(one: Followed, work: Composition) -> str:
    return target_text(one.placed.measure, work.dataset, work.language, one.target) or work.say("plan.nothing")


def _now(one: Followed, work: Composition) -> Cell:
    """The figure of now with its time, where it is known."""
    if one.now is None or one.indicator is None:
        return text_cell(work.say("plan.nothing"))
    value = value_text(one.now, one.indicator, work.language)
    return text_cell(work.say("followup.figure", value=value, when=work.language.short(one.now.period)))


def _standing(one: Followed, work: Composition) -> Cell:
    return Cell((Paragraph((_status(one, work),)),))


def _status(one: Followed, work: Composition) -> Run:
    """The status as it begins a line."""
    word = work.say(f"standing.{one.judged.standing}")
    return Run(word[:1].upper() + word[1:], strong=True)


def _judged(one: Followed, work: Composition) -> Cell:
    """The status in bold with the sentence that says why; a person's own judgement below, with its reason."""
    paragraphs = [Paragraph((_status(one, work), Run(f". {reason(one, work.language)}")))]
    if one.override:
        status = work.say(f"standing.{one.override.status}")
        paragraphs.append(Paragraph((Run(work.say("followup.override", status=status, reason=one.override.reason)),)))
    return Cell(tuple(paragraphs))


def _drawable(one: Followed) -> bool:
    """Whether a measure has a place on a scale of per cent of its target."""
    return bool(limit_of(one)) and (one.now is not None or bool(one.baseline))


def _chart(name: str, title: str, shown: Sequence[Followed], work: Composition) -> Figure:
    series = (
        Series(work.say("followup.now"), tuple(_percent(one, one.now) for one in shown)),
        Series(
            work.say("followup.baseline"),
            tuple(_percent(one, one.baseline[-1] if one.baseline else None) for one in shown),
        ),
    )
    observations = [o for one in shown for o in (*one.baseline, one.now) if o]
    chart = Chart(
        kind=KIND,
        title=title,
        unit=work.say("followup.unit"),
        source=charts.source_line(observations, work.dataset),
        categories=tuple(name_of(one.placed.measure, work.dataset) for one in shown),
        series=series,
        aims=tuple(_aim(one, work) for one in shown),
        notation=work.language.notation,
        words=charts.words(KIND, work.language),
    )
    when = ", ".join(map(work.language.short, sorted({o.period for o in observations}, key=lambda one: one.last)))
    return work.figure(name, Chosen(chart, observations, when))


def _aim(one: Followed, work: Composition) -> Aim:
    """A measure's row of the chart in words, and which side of its target is good."""
    indicator, comparison = one.indicator, one.target.comparison if one.target else None
    now, start = one.now, one.baseline[-1] if one.baseline else None
    return Aim(
        now=value_text(now, indicator, work.language, unit=False) if now and indicator else "",
        target=target_text(one.placed.measure, work.dataset, work.language, one.target, unit=False),
        status=work.say(f"standing.{one.judged.standing}"),
        baseline=value_text(start, indicator, work.language, unit=False) if start and indicator else "",
        good=SIDES.get(comparison, "") if comparison else "",
        met=None if one.now is None else one.judged.standing in GOOD,
    )


def _percent(one: Followed, o: Observation | None) -> Decimal | None:
    limit = limit_of(one)
    return o.value / limit * 100 if o and o.value is not None and limit else None


def _method(judged: Sequence[Followed], work: Composition) -> list[Block]:
    near = work.language.number(work.dataset.setup.followup.near, 0, "%")
    shown = [o for one in judged for o in (*one.baseline, one.now) if o]
    cited = dict.fromkeys(cite(source) for o in shown if (source := source_of(o, work.dataset)))
    said = [work.say("followup.method", near=near)]
    said += [work.say("followup.sources", sources="; ".join(cited))] if cited else []
    return [Paragraph((Run(" ".join(said)),))]


def _table(name: str, title: str, columns: tuple[Column, ...], rows: tuple[Row, ...], work: Composition) -> Table:
    number = work.number("table", f"followup-{name}")
    anchor = f"table-followup-{name}"
    return Table(anchor, title, columns, rows, work.label("table"), number, f"{title}.", f"followup-{name}")
