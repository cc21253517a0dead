"""Sentences that the data writes: figures of a month in, finished sentences out, each with the facts it prints.

Pure functions. None where nothing can be said: a figure that is hidden or lacking is never compared, ranked or hinted
at. Rules and thresholds: docs/decisions/0015.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from reports.facts import Fact
from reports.finnish import Language
from reports.model import Status
from reports.period import Period
from reports.sentences import areas as sentence_areas
from reports.sentences import draft as sentence_draft
from reports.sentences.draft import MONTH, YEAR, Draft, Telling, telling, tidy
from reports.sentences.headline import main_fact
from reports.sentences.subject import Break, Subject, Unsaid, is_measured, rated, subject_of

__all__ = ["Break", "Sentence", "Subject", "rated", "subject_of"]  # what a caller makes sentences of

MOST = 5  # sentences of a lead


class Sentence(NamedTuple):
    """A finished sentence.

    `facts` are all numbers printed in it, in order, rounded as they are printed (a nil in words among them): a caller
    can prove that each is shown elsewhere. `note` is what a break adds after the sentence, in its author's own words;
    `text` ends in it.
    """

    text: str
    kind: str
    facts: tuple[Fact, ...] = ()
    note: str = ""

    @property
    def bare(self) -> str:
        """The sentence without the note of a break, which a document may tell apart."""
        return self.text.removesuffix(self.note).rstrip()


def level(subject: Subject, at: Period, language: Language) -> Sentence | None:
    """How many there are or how high it is in a month; that it is hidden or not available, where it is so."""
    return _said(subject, at, language, sentence_draft.level)


def year_change(subject: Subject, at: Period, language: Language, brief: bool = False) -> Sentence | None:
    """The change from the same month of the year before; `brief` after a sentence that names time and place."""
    return _said(subject, at, language, lambda t: sentence_draft.changed(t, YEAR), brief)


def month_change(subject: Subject, at: Period, language: Language, brief: bool = False) -> Sentence | None:
    """The change from the month before."""
    return _said(subject, at, language, lambda t: sentence_draft.changed(t, MONTH), brief)


def changes(subject: Subject, at: Period, language: Language, brief: bool = False) -> Sentence | None:
    """Both changes in one sentence, that from last year first of what is seasonal."""
    return _said(subject, at, language, sentence_draft.changes, brief)


def summary(subject: Subject, at: Period, language: Language, brief: bool = False) -> Sentence | None:
    """The figure and its change from last year, in percentage points of a rate."""
    return _said(subject, at, language, sentence_draft.summary, brief)


def highest_or_lowest(subject: Subject, at: Period, language: Language, brief: bool = False) -> Sentence | None:
    """Since when the figure has not been as low, or as high, where that is more than a year."""
    return _said(subject, at, language, sentence_draft.longest, brief)


def compare_areas(subjects: Sequence[Subject], at: Period, language: Language) -> Sentence | None:
    """Where a figure is highest and lowest among areas that are alike; those known alone where one is not."""
    return _finished(lambda: sentence_areas.ranked(subjects, at, language), language)


def compare_with(subject: Subject, other: Subject, at: Period, language: Language) -> Sentence | None:
    """A rate beside that of another area: the whole country's."""
    return _finished(lambda: sentence_areas.against(subject, other, at, language), language)


def headline(subjects: Sequence[Subject], at: Period, language: Language) -> Sentence | None:
    """The month's main fact, without a full stop; `subjects` in the order of their weight."""
    draft = _try(lambda: main_fact(subjects, at, language))
    return Sentence(_marked(draft, language), draft.kind, draft.facts) if draft else None


def lead(
    subjects: Sequence[Subject], at: Period, language: Language, beside: Sequence[Subject] = ()
) -> tuple[Sentence, ...]:
    """Three to five sentences in the order of a news item, fewer where less is known.

    The first subject is the main one: its figure, its changes, since when it has not been so low or high. Then come the
    others, and the first measured one beside the same indicator of another area (`beside`). A status that all share is
    said once at the end, and each break once. A subject that there are no words for is passed over.
    """
    told = [one for one in subjects if _draft(one, at, language, sentence_draft.level)]
    drafts = _lead(told, at, language, beside) if told else []
    rest_on = {draft.status for draft in drafts if draft.used}
    shared = next(iter(rest_on)) if len(rest_on) == 1 else Status.FINAL
    together = shared in (Status.EXAMPLE, Status.PRELIMINARY)
    said: set[str] = set()
    sentences = []
    for draft in drafts:
        notes = tuple(note for note in draft.notes if note not in said)
        said.update(notes)
        sentences.append(_sentence(draft._replace(notes=notes), language, marked=not together))
    if together:
        sentences.append(Sentence(f"{_together(shared, language)}.", "status"))
    return tuple(sentences)


def _lead(subjects: Sequence[Subject], at: Period, language: Language, beside: Sequence[Subject]) -> list[Draft]:
    main = subjects[0]
    made: list[Draft | None] = []
    compared: Draft | None = None
    for subject in subjects:
        told = _of_main(main, at, language) if subject is main else [_of_other(subject, main, at, language)]
        made += told
        if any(told) and not compared and is_measured(subject.indicator):
            compared = _beside(subject, at, language, beside)
            made.append(compared)
    drafts = [draft for draft in made if draft]
    if compared and len(drafts) > MOST:
        drafts.remove(compared)
    return drafts[:MOST]


def _of_main(main: Subject, at: Period, language: Language) -> list[Draft | None]:
    """The figure, its changes, and since when it has not been so low or high."""
    start = _draft(main, at, language, sentence_draft.level)
    follows = start is not None and start.kind == "level"
    record = _draft(main, at, language, sentence_draft.longest, brief=True)
    whole = _draft(main, at, language, sentence_draft.changes)
    if start and whole and whole.facts[:1] == start.facts:  # its changes are told by figures, that of now among them
        return [whole, record]
    return [start, _draft(main, at, language, lambda t: sentence_draft.changes(t, follows), brief=True), record]


def _of_other(subject: Subject, main: Subject, at: Period, language: Language) -> Draft | None:
    """A figure with its change; one that is not known is left out."""
    found = _draft(subject, at, language, sentence_draft.summary, brief=subject.area == main.area)
    return found if found and found.kind != "unknown" else None


def _beside(subject: Subject, at: Period, language: Language, beside: Sequence[Subject]) -> Draft | None:
    """The figure of another area, where that is known."""
    other = next((one for one in beside if one.indicator == subject.indicator and one.area != subject.area), None)
    return _draft(other, at, language, sentence_draft.beside) if other else None


def _said(
    subject: Subject, at: Period, language: Language, make: Callable[[Telling], Draft], brief: bool = False
) -> Sentence | None:
    draft = _draft(subject, at, language, make, brief)
    return _sentence(draft, language) if draft else None


def _draft(
    subject: Subject, at: Period, language: Language, make: Callable[[Telling], Draft], brief: bool = False
) -> Draft | None:
    return _try(lambda: make(telling(subject, at, language, brief)))


def _finished(make: Callable[[], Draft], language: Language) -> Sentence | None:
    draft = _try(make)
    return _sentence(draft, language) if draft else None


def _try(make: Callable[[], Draft]) -> Draft | None:
    try:
        return make()
    except Unsaid:
        return None


def _sentence(draft: Draft, language: Language, marked: bool = True) -> Sentence:
    text = _marked(draft, language) if marked else tidy(draft.core)
    note = " ".join(draft.notes)
    return Sentence(f"{text}. {note}".rstrip(), draft.kind, draft.facts, note)


def _marked(draft: Draft, language: Language) -> str:
    """The words of a sentence, and in brackets that its figures are examples, preliminary or revised.

    After a bracket it would seem to be about that one number: there it is a sentence of its own, but for its full stop.
    """
    text = tidy(draft.core)
    if draft.status is Status.FINAL:
        return text
    if text.endswith(")"):
        return f"{text}. {_together(draft.status, language)}"
    return language.catalogue.say("sentences.marked", text=text, mark=language.catalogue.say(f"status.{draft.status}"))


def _together(status: Status, language: Language) -> str:
    """That all figures are examples or preliminary."""
    return language.catalogue.say(f"sentences.all.{status}")
