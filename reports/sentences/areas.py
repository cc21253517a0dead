"""Sentences about several areas in one month: the highest and the lowest, and one beside another."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reports.facts import Fact
from reports.finnish import Language
from reports.period import Period
from reports.sentences.draft import Draft, Telling, nothing, telling
from reports.sentences.subject import Subject, Unsaid, known, single

LEAST_RANKED = 3  # of two areas one is only higher than the other
MOST_TIED = 3
MOST_LISTED = 4

Known = tuple[Telling, Fact, Decimal]


def ranked(subjects: Sequence[Subject], at: Period, language: Language) -> Draft:
    """Where a figure is highest and lowest, when those of all areas are known; else what those that are known have.

    So nothing is said of how a figure that is not known stands among the others.
    """
    found = _exact(subjects, at, language)
    if len(found) < max(len(subjects), LEAST_RANKED):
        return _listed(subjects, at, language)
    top, bottom = max(value for *_, value in found), min(value for *_, value in found)
    first = found[0][0]
    if top == bottom:
        where = first.words.listed([t.where for t, *_ in found])
        number = first.words.figure(found[0][1])
        core = first.say("areas.same", the=first.words.the, where=where, number=number)
        return Draft("areas", core, (found[0][1],), tuple(fact for _, fact, _ in found))
    (high, highest), (low, lowest) = _places(found, top), _places(found, bottom)
    most = {"most": first.words.most(1), "least": first.words.most(-1)}
    core = first.say("areas.ranked", the=first.words.the, high=high, low=low, **most)
    return Draft("areas", core, (highest, lowest), tuple(fact for _, fact, _ in found))


def against(one: Subject, other: Subject, at: Period, language: Language) -> Draft:
    """A rate or another quantity beside that of another area; a count would only tell which place is larger."""
    found = _exact([one, other], at, language)
    t = telling(one, at, language)
    if len(found) < 2 or t.words.kind == "counted":
        return nothing()
    (_, here, value), (beside, there, base) = found
    words = t.words
    values = {"the": words.the, "number": words.level(here), "there": beside.where}
    if value == base:
        return Draft("against", t.say("against.same", **values), (here,), (here, there))
    more = words.more(1 if value > base else -1)
    core = t.say("against.more", more=more, other=words.level(there), **values)
    return Draft("against", core, (here, there), (here, there))


def _exact(subjects: Sequence[Subject], at: Period, language: Language) -> list[Known]:
    """The areas whose figure is one exact number."""
    found: list[Known] = []
    for subject in subjects:
        try:
            fact, value = single(subject, at)
        except Unsaid:
            continue
        if not fact.approximate:
            found.append((telling(subject, at, language), fact, value))
    return found


def _places(found: Sequence[Known], value: Decimal) -> tuple[str, Fact]:
    """The places that share a figure, and the figure: `Salossa ja Marttilassa (9,0 %)`."""
    tied = [(t, fact) for t, fact, one in found if one == value]
    if len(tied) > MOST_TIED:
        raise Unsaid
    t, fact = tied[0]
    where = t.words.listed([one.where for one, _ in tied])
    return t.say("areas.with-number", where=where, number=t.words.figure(fact)), fact


def _listed(subjects: Sequence[Subject], at: Period, language: Language) -> Draft:
    """The figures of the areas that have one."""
    found = []
    for subject in subjects:
        try:
            found.append((telling(subject, at, language), known(subject, at)))
        except Unsaid:
            continue
    if not 0 < len(found) <= MOST_LISTED:
        raise Unsaid
    first, facts = found[0][0], tuple(fact for _, fact in found)
    items = [t.say("areas.item", number=t.words.figure(fact)) for t, fact in found]
    core = first.say("areas.listed", the=first.words.the, items=first.words.listed(items))
    return Draft("areas", core, facts, facts)
