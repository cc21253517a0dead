"""The month's main fact as a headline: a record, a change from last year, or the figure itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from reports.facts import Fact
from reports.finnish import Language
from reports.period import Period
from reports.sentences.draft import MONTH, YEAR, Draft, Telling, level, nothing, one_or_many, telling
from reports.sentences.subject import (
    Back,
    Change,
    Degree,
    Subject,
    Unsaid,
    before,
    breaks_between,
    change,
    known,
    record,
)
from reports.sentences.words import Wording

NEWSWORTHY = 24  # months for which a figure has been the lowest or the highest, so that it is the news

Pick = Callable[[Telling], Draft]


def main_fact(subjects: Sequence[Subject], at: Period, language: Language) -> Draft:
    """The headline of a month, of the first subject that allows one; `subjects` stand in the order of their weight.

    A record of the first is the news, else its change from last year unless that is slight, else a clear change of
    another. Where there is none of these, any comparison with last year, then one with last month (never of what is
    seasonal), then the figure, with its share where one of the subjects is that. A change over a break is none for a
    headline, which has no room for its note: the figure of the first subject is the news then.
    """
    first = subjects[:1]

    def alone(t: Telling) -> Draft:
        return _figure(t, subjects)

    picks: tuple[tuple[Sequence[Subject], Pick], ...] = (
        (first, _record),
        (first, lambda t: _since(t, YEAR, ("plain", "clear"))),
        (first, lambda t: alone(t) if _is_over_break(t) else nothing()),
        (subjects, lambda t: _since(t, YEAR, ("clear",))),
        (subjects, lambda t: _since(t, YEAR)),
        (subjects, _month),
        (subjects, lambda t: alone(t) if t.at in t.subject.figures else nothing()),
        (first, alone),
    )
    for candidates, pick in picks:
        for subject in candidates:
            t = telling(subject, at, language)
            try:
                return pick(t._replace(when=t.words.time("month", at)))._replace(kind="headline")
            except Unsaid:
                continue
    return nothing()


def _record(t: Telling) -> Draft:
    found = record(t.subject, t.at)
    if len(found.seen) <= NEWSWORTHY:
        return nothing()
    words = t.words
    since = words.time("onward" if found.whole else "since", found.since)
    core = t.say("headline.record", the=words.the, most=words.most(found.way, "extreme"), since=since)
    return Draft("headline", core, (), found.seen)


def _is_over_break(t: Telling) -> bool:
    """Whether the change from last year cannot be trusted; raises Unsaid where it is not known."""
    made = change(t.subject, t.at, YEAR)
    return bool(made.way) and any(breaks_between(t.subject, before(t.at, YEAR), t.at))


def _figure(t: Telling, subjects: Sequence[Subject]) -> Draft:
    """The figure without a comparison, and the share that it is, where that is among the subjects and has the words."""
    when = t.words.time("month-end", t.at) if t.subject.indicator.month_end else t.when
    made = level(t._replace(when=when))
    for other in subjects:
        share_of = getattr(other.indicator.share_of, t.words.language.code)
        if share_of and made.facts and (other.indicator.part, other.area) == (t.subject.indicator.id, t.subject.area):
            with suppress(Unsaid):
                fact = known(other, t.at)
                share = Wording(t.words.language, other.indicator).number(fact)
                core = t.words.say("headline.share", figure=made.core, share=share, of=share_of)
                return made._replace(core=core, facts=(*made.facts, fact), used=(*made.used, fact))
    return made


def _month(t: Telling) -> Draft:
    return nothing() if t.subject.indicator.seasonal else _since(t, MONTH)


def _since(t: Telling, back: Back, degrees: Sequence[Degree] = ()) -> Draft:
    """How a figure has changed; where `degrees` are named, only a change of one of these."""
    made = change(t.subject, t.at, back)
    wanted = not degrees or (made.way != 0 and made.degree in degrees)
    if not wanted or any(breaks_between(t.subject, before(t.at, back), t.at)):
        return nothing()
    core, facts = _same(t, made, back) if not made.way else _moved(t, made, back)
    return Draft("headline", core, facts, (made.now, made.then))


def _same(t: Telling, made: Change, back: Back) -> tuple[str, tuple[Fact, ...]]:
    then = t.words.say(f"then.to-{back}")
    return t.say("headline.same", the=t.words.the, same=t.words.same(made, "measured"), then=then), ()


def _moved(t: Telling, made: Change, back: Back) -> tuple[str, tuple[Fact, ...]]:
    words = t.words
    values = {"the": words.the, "verb": words.verb(made.way), "since": words.say(f"then.from-{back}")}
    if words.kind == "unit":
        return t.say("headline.unit", **values), ()
    if words.kind == "counted" and not made.percent:
        number, what = words.number(made.size), words.after(made.size)
        more, then = words.more(made.way), words.say(f"then.{back}")
        key = one_or_many("headline.count", words, made.size)
        return t.say(key, number=number, what=what, more=more, then=then), (made.size,)
    amount = words.number(made.percent) if made.percent else words.amount(made)
    facts = (made.percent or made.size,)
    if made.degree == "plain":
        return t.say("headline.change", amount=amount, **values), facts
    return t.say("headline.change-degree", amount=amount, degree=words.say(f"degree.{made.degree}"), **values), facts
