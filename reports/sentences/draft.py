"""Sentences about one subject but for their end: the words, the facts they print, the breaks they span."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from reports.facts import Fact
from reports.finnish import Language
from reports.model import Mark, Status
from reports.period import Period
from reports.sentences.subject import (
    Back,
    Change,
    Subject,
    Unsaid,
    before,
    change,
    known,
    record,
    to_note,
)
from reports.sentences.words import Wording

YEAR: Back = "year"
MONTH: Back = "month"
SPACES = re.compile(r" +(?=[ ,.)]|$)")
LEAST_SURE = (Status.EXAMPLE, Status.PRELIMINARY, Status.REVISED, Status.FINAL)


class Telling(NamedTuple):
    """A subject in a month, told in the words of a language; `when` and `where` are empty once they are clear."""

    subject: Subject
    at: Period
    words: Wording
    when: str
    where: str

    def say(self, key: str, **values: str) -> str:
        """A pattern of the catalogue with the time and the place and `values` put in."""
        return self.words.say(key, **{"when": self.when, "where": self.where, **values})


class Draft(NamedTuple):
    """A sentence without its end. `facts` are those printed, in order; `used` all that it rests on."""

    kind: str
    core: str
    facts: tuple[Fact, ...]
    used: tuple[Fact, ...]
    notes: tuple[str, ...] = ()

    @property
    def status(self) -> Status:
        """The status of its least sure figure; that a figure was revised matters only where it is told by itself."""
        found = {origin.status for fact in self.used for origin in fact.origins}
        if self.kind not in ("level", "summary"):
            found.discard(Status.REVISED)
        return next((one for one in LEAST_SURE if one in found), Status.FINAL)


def telling(subject: Subject, at: Period, language: Language, brief: bool = False) -> Telling:
    """The subject in a month; a `brief` telling leaves out the time and the place."""
    if at.kind != "month":
        raise ValueError(f"{at} is no month")
    words = Wording(language, subject.indicator)
    when, where = ("", "") if brief else (words.when(at), words.place(subject.area))
    return Telling(subject, at, words, when, where)


def tidy(text: str) -> str:
    """A pattern filled with words, some of them empty, as a sentence: single spaces, a capital first."""
    text = SPACES.sub("", text).strip(" ,")
    return text[:1].upper() + text[1:]


def level(t: Telling) -> Draft:
    """How many there are or how high it is; that it is hidden or not available, where it is so."""
    try:
        fact = known(t.subject, t.at)
    except Unsaid:
        return _unknown(t)
    words = t.words
    if words.kind != "counted":
        core = t.say("level.measured", the=words.the, number=words.level(fact))
    elif fact.value == 0 and fact.upper is None and not fact.approximate:
        core = t.say("level.none", what=words.after(fact))
    else:
        core = t.say(one_or_many("level.counted", words, fact), number=words.level(fact))
    return Draft("level", core, (fact,), (fact,))


def beside(t: Telling) -> Draft:
    """The figure of another area, after a sentence that has named what it is and its month."""
    fact = known(t.subject, t.at)
    return Draft("level", t.words.say("level.beside", where=t.where, number=t.words.figure(fact)), (fact,), (fact,))


def _unknown(t: Telling) -> Draft:
    """That a figure is not known, in the same words whatever it may be; what does not apply is not spoken of."""
    fact = t.subject.figures.get(t.at)
    if fact is not None and fact.mark == Mark.NOT_APPLICABLE:
        raise Unsaid
    why = "hidden" if fact is not None and fact.mark == Mark.HIDDEN else "unavailable"
    return Draft("unknown", t.say(f"level.{why}", the=t.words.the), (), (fact,) if fact else ())


def changed(t: Telling, back: Back, follows: bool = False) -> Draft:
    """How a figure differs from that of a year or a month before; `follows` where it stands right after the figure."""
    made = change(t.subject, t.at, back)
    words = t.words
    kind = f"{back}-change"
    if not made.way:
        return _draft(kind, _same(t, made, f"to-{back}"), (), t, [(made, back)])
    if words.kind == "unit":
        return _draft(kind, _beside(t, made, back), (made.now, made.then), t, [(made, back)])
    values = {"amount": words.amount(made), "more": words.more(made.way), "then": words.say(f"then.{back}")}
    if follows:
        core = t.say("change.follows", clause=_clause(t, made, back))
    elif words.kind == "counted":
        core = t.say(one_or_many("change.counted", words, made.size), what=words.more_of(made.size), **values)
    else:
        core = t.say("change.measured", the=words.the, **values)
    return _draft(kind, core, _amounts(made), t, [(made, back)])


def changes(t: Telling, follows: bool = False) -> Draft:
    """Both changes in one sentence, that from last year first where the time of the year matters; or the one known."""
    backs = (YEAR, MONTH) if t.subject.indicator.seasonal else (MONTH, YEAR)
    made = [(change(t.subject, t.at, back), back) for back in backs if is_told(t, back)]
    if len(made) < len(backs):
        return changed(t, made[0][1], follows) if made else nothing()
    (first, back), (second, other) = made
    if not (first.way or second.way):
        then = {"then": t.words.say(f"then.to-{back}"), "next": t.words.say(f"then.to-{other}")}
        core = t.say("change.same-both", the=t.words.the, same=t.words.same(first, "measured"), **then)
        return _draft("changes", core, (), t, made)
    if t.words.kind == "unit":
        core = t.words.say("join.and", first=_beside(t, first, back), second=t.say("clause.unit", **_then(t, *made[1])))
        return _draft("changes", core, (first.now, first.then, second.then), t, made)
    start = changed(t, back, follows)
    clause = _clause(t, second, other, after_quantity=not first.way)
    core = t.words.say(f"join.{'and' if first.way == second.way else 'but'}", first=start.core, second=clause)
    return _draft("changes", core, (*start.facts, *_amounts(second)), t, made)


def summary(t: Telling) -> Draft:
    """A figure and its change from last year in one sentence; the figure alone where the change cannot be told."""
    start = level(t._replace(where=t.words.place(t.subject.area)))  # alone it needs the place, even after another
    if start.kind == "unknown" or not start.facts[0].value or not is_told(t, YEAR):
        return start
    made, words = change(t.subject, t.at, YEAR), t.words
    if words.kind == "unit" and made.way:
        return changed(t, YEAR)._replace(kind="summary")
    values = {"number": words.number(made.now), "clause": _clause(t, made, YEAR)}
    if words.kind == "counted":
        what = words.more_of(made.now)
        core = t.say(one_or_many("summary.counted", words, made.now), what=what, **values)
    else:
        core = t.say("summary.measured", the=words.the, **{**values, "number": words.level(made.now)})
    return _draft("summary", core, (made.now, *_amounts(made)), t, [(made, YEAR)])


def longest(t: Telling) -> Draft:
    """Since when a figure has not been as low, or as high."""
    found = record(t.subject, t.at)
    words = t.words
    since = words.time("onward" if found.whole else "since", found.since)
    core = t.say("record", the=words.the, most=words.most(found.way, "extreme"), since=since)
    return Draft("record", core, (), found.seen)


def is_told(t: Telling, back: Back) -> bool:
    """Whether a figure and that of a year or a month before are both known."""
    try:
        change(t.subject, t.at, back)
    except Unsaid:
        return False
    return True


def _same(t: Telling, made: Change, then: str) -> str:
    """That the number, or the quantity, is as it was."""
    same = t.words.same(made, "measured")
    return t.say("change.same", the=t.words.the, same=same, then=t.words.say(f"then.{then}"))


def _clause(t: Telling, made: Change, back: Back, after_quantity: bool = False) -> str:
    """A change as the later part of a sentence; `after_quantity` where its subject is *määrä*, not what is counted."""
    words = t.words
    if made.way:
        kind = "other" if after_quantity and words.kind == "counted" else ""
        more, then = words.more(made.way, kind), words.say(f"then.{back}")
        return t.say("clause.moved", amount=words.amount(made), more=more, then=then)
    form, then = ("counted", f"then.{back}") if words.kind == "counted" else ("measured", f"then.to-{back}")
    return t.say(f"clause.same-{form}", same=words.same(made, form), then=words.say(then))


def _beside(t: Telling, made: Change, back: Back) -> str:
    """The figures of now and then, of a quantity whose unit is a word."""
    return t.say("change.unit", the=t.words.the, now=t.words.level(made.now), **_then(t, made, back))


def _then(t: Telling, made: Change, back: Back) -> dict[str, str]:
    return {"then": t.words.say(f"then.{back}"), "before": t.words.level(made.then)}


def _amounts(made: Change) -> tuple[Fact, ...]:
    """The numbers that tell a change: the difference and its per cent."""
    if not made.way:
        return ()
    return (made.size, made.percent) if made.percent else (made.size,)


def _draft(kind: str, core: str, facts: tuple[Fact, ...], t: Telling, made: Iterable[tuple[Change, Back]]) -> Draft:
    """The draft of changes, with the notes of the breaks that they span."""
    used: list[Fact] = []
    notes: dict[str, None] = {}
    for one, back in made:
        used += [one.now, one.then]
        notes |= {found.note: None for found in to_note(t.subject, before(t.at, back), t.at)}
    return Draft(kind, core, facts, tuple(used), tuple(notes))


def one_or_many(key: str, words: Wording, fact: Fact) -> str:
    """The key of a pattern, of its singular where the number is one."""
    return f"{key}-one" if words.is_one(fact) else key


def nothing() -> Draft:
    """Raises Unsaid, where a draft is asked for."""
    raise Unsaid
