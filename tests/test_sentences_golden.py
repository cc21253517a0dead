"""Each kind of sentence in twenty lines and more, as they were read and found good; all stand in tests/data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from reports.finnish import Language
from reports.period import Period
from reports.sentences import sentences
from reports.sentences.sentences import Sentence, Subject
from tests.made_sentences import subject
from tests.second_reader import back, faults, form_faults

DATA = Path(__file__).parent / "data"
NOTE = "Palvelumalli uudistui keväällä, joten luvut eivät ole vertailukelpoisia."
MONTHS_BACK = {"now": 0, "month": 1, "year": 12}
LEAST = 20

Make = Callable[[Sequence[Subject], Period, Language], Sequence[Sentence | None]]


def of_one(make: Callable[[Subject, Period, Language], Sentence | None]) -> Make:
    """A kind of sentence about one subject."""
    return lambda told, at, language: [make(told[0], at, language)]


KINDS: dict[str, Make] = {
    "level": of_one(sentences.level),
    "year_change": of_one(sentences.year_change),
    "month_change": of_one(sentences.month_change),
    "changes": of_one(sentences.changes),
    "summary": of_one(sentences.summary),
    "record": of_one(sentences.highest_or_lowest),
    "areas": lambda told, at, language: [sentences.compare_areas(told, at, language)],
    "beside": lambda told, at, language: [sentences.compare_with(told[0], told[1], at, language)],
    "headline": lambda told, at, language: [sentences.headline(told, at, language)],
    "lead": lambda told, at, language: sentences.lead(
        [one for one in told if one.area == told[0].area],
        at,
        language,
        [one for one in told if one.area != told[0].area],
    ),
}


def read(case: str) -> tuple[list[Subject], Period]:
    """A case: `2022-11 | people Luulola: now 2095; year 2141; break 2022-05-02 & jobs Luulola: now 298`.

    `-24..-2 3000` fills months, so many before.
    """
    month, _, told = case.partition(" | ")
    at = Period.of(month)
    return [_subject(one, at) for one in told.split(" & ")], at


def _subject(text: str, at: Period) -> Subject:
    named, _, rest = text.partition(": ")
    figures: dict[str, str] = {}
    breaks: dict[str, str] = {}
    for part in filter(None, rest.split("; ")):
        when, _, figure = part.partition(" ")
        if when == "break":
            breaks[figure] = NOTE
        else:
            figures |= {str(back(at, months)): figure for months in _months(when)}
    indicator, _, area = named.partition(" ")
    return subject(indicator, area, figures, breaks)


def _months(when: str) -> range:
    if when in MONTHS_BACK:
        return range(MONTHS_BACK[when], MONTHS_BACK[when] + 1)
    first, _, last = when.partition("..")
    return range(-int(last or first), -int(first) + 1)


def cases(kind: str) -> list[str]:
    """The first line of each block of a golden file, remarks apart."""
    text = (DATA / f"sentences_{kind}.txt").read_text(encoding="utf-8")
    return re.findall(r"^(\d{4}-\d\d \| .+)$", text, re.MULTILINE)


def languages(kind: str) -> list[str]:
    """Swedish is read where documents are made in it: of a headline."""
    return ["fi", "en", "sv"] if kind == "headline" else ["fi", "en"]


def blocks(kind: str) -> Iterator[str]:
    """The golden file as it should be."""
    head = (DATA / f"sentences_{kind}.txt").read_text(encoding="utf-8").split("\n\n")[0]
    yield head
    for case in cases(kind):
        told, at = read(case)
        lines = [case]
        for code in languages(kind):
            made = [one for one in KINDS[kind](told, at, Language(code)) if one]
            lines.append(" ".join(one.text for one in made) or "-")
        yield "\n".join(lines).replace("\u00a0", " ")


@pytest.mark.parametrize("kind", KINDS)
def test_the_sentences_are_those_that_were_read(kind: str, update_golden: bool) -> None:
    path = DATA / f"sentences_{kind}.txt"
    text = "\n\n".join(blocks(kind)) + "\n"
    if update_golden:
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == text
    assert len(set(cases(kind))) == len(cases(kind))
    assert len(re.findall(r"^\d{4}.+\n[^-\n]", text, re.MULTILINE)) >= LEAST


@pytest.mark.parametrize("kind", KINDS)
def test_a_second_reader_finds_no_fault_in_them(kind: str) -> None:
    for case in cases(kind):
        told, at = read(case)
        for code in languages(kind):
            for one in KINDS[kind](told, at, Language(code)):
                if one is None or one.kind == "status":
                    continue
                found = faults(one, told[0], at, code) if len(told) == 1 else form_faults(one, code)
                assert found == [], one.text
