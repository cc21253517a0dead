"""The words of sentences: those of an indicator as they are read, and Swedish, which is of documents alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from string import Formatter

import pytest

from reports.errors import Problem
from reports.finnish import Language, month_names
from reports.messages import DOCUMENT_LANGUAGES, LANGUAGES, catalogue
from reports.model import Indicator
from reports.naming import Called
from reports.period import Period
from reports.read.shape import shape
from reports.read.yaml import read_yaml
from reports.sentences import sentences
from tests.made_sentences import AT, FIGURES, subject

FI, EN, SV = map(Language, DOCUMENT_LANGUAGES)
WRITTEN = """
hakijat:
  name: Hakijat
  unit: henkilöä
  seasonal: yes
  month-end: yes
  nouns:
    fi:
      one: hakija
      some: hakijaa
      many: hakijoita
      of: hakijoiden
    en:
      one: applicant
      many: applicants
aste:
  name: Aste
  unit: "%"
  called:
    fi: hakijoiden osuus
"""


def read_indicators(text: str) -> tuple[Mapping[str, Indicator], list[Problem]]:
    tree, problems = read_yaml(text, "indicators.yaml")
    found, more = shape(Mapping[str, Indicator], tree)
    return found, [*problems, *more]


def test_the_words_of_an_indicator_are_read() -> None:
    found, problems = read_indicators(WRITTEN)
    assert problems == []
    of = subject("people", "Luulola", FIGURES)._replace(indicator=found["hakijat"])
    said = [sentences.level(of, AT, language) for language in (FI, EN, SV)]
    assert [one and one.text.replace("\u00a0", " ") for one in said] == [
        "Marraskuun 2022 lopussa Luulolassa oli 2 095 hakijaa.",
        "There were 2,095 applicants in Luulola at the end of November 2022.",
        None,
    ]
    assert found["aste"].called == Called(fi="hakijoiden osuus")


def test_a_noun_that_lacks_a_form_is_a_problem_with_its_place() -> None:
    _, problems = read_indicators(WRITTEN.replace("      of: hakijoiden\n", "").replace("    en:", "    eng:"))
    assert {(one.code, one.values.get("name") or one.values.get("found")) for one in problems} == {
        ("key-missing", "of"),
        ("key-unknown", "eng"),
    }
    assert all(one.place.row for one in problems)


def named(table: object, before: str = "") -> Iterator[tuple[str, str]]:
    """The texts of a catalogue by dotted key, lists joined."""
    for key, value in table.items() if isinstance(table, dict) else ():
        if isinstance(value, dict):
            yield from named(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value if isinstance(value, str) else " ".join(value)


def names_of(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("part", ["sentences", "document", "status", "chart.common", "chart.shares", "chart.trend"])
def test_swedish_has_every_word_of_what_it_is_used_for(part: str) -> None:
    swedish, finnish = (dict(named(catalogue(code).part(part))) for code in ("sv", "fi"))
    plain = {key for key in finnish if not key.startswith("axis-") or key == "axis-from"}
    assert plain <= swedish.keys()
    assert {key for key in swedish if key not in finnish} == {f"axis-{month}" for month in months() if "trend" in part}
    unlike = [key for key in plain if names_of(swedish[key]) != names_of(finnish[key])]
    assert unlike == []


def test_swedish_can_write_every_date_and_number() -> None:
    assert catalogue("fi").part("language").keys() <= catalogue("sv").part("language").keys()


def months() -> list[str]:
    return [SV.month(Period.month(2021, number)) for number in range(1, 13)]


def test_swedish_is_a_language_of_documents_alone() -> None:
    assert set(DOCUMENT_LANGUAGES) - set(LANGUAGES) == {"sv"}
    with pytest.raises(KeyError):
        catalogue("sv").part("problem")
    assert SV.number(Decimal("-2095.5"), 1, "%") == "\u22122\u00a0095,5\u00a0%"
    assert SV.when(Period.of("2022-11")) == "november 2022"
    assert not {"januari", "maj", "juni"} & month_names().keys()  # figures are not read in it
