"""Facts in a text: printed, refused with the nearest name, never executed and never taken for markup."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.document import Paragraph, Table, plain_text
from reports.errors import Place
from reports.finnish import Language
from reports.messages import LANGUAGES, catalogue
from reports.narrative import read_narrative
from reports.printer import CALCULATIONS, FIRST, FactPrinter, name_facts
from reports.text import Placed
from tests.made_text import city, fact, printer

AT = Place("annual.md", 7)
NAMES = {
    "kaikki": "asiakkaat 2021-03",
    "oman": "asiakkaat 2021-03 Kuvitteila",
    "pohja": "alin tyottomat 2021 Kuvitteila",
    "aste": "aktivointiaste 2021",
    "aste_2020": "aktivointiaste 2020",
    "tieto": "aktivointiaste 2021 Naapurila",
    "kulut": "toteuma 2021",
    "ensi_vuosi": "talousarvio 2022",
    "joulukuu": "asiakkaat 2021-12",
    "siirto": "päivä siirto",
    "alku": "päivä palvelun-alku",
    "kausi": "päivä ohjelmakausi",
}


def whole(facts: FactPrinter, line: str) -> str:
    """A line with its facts printed."""
    return facts.put(facts.cut(line, AT))


def shown(expression: str) -> str:
    return printer(**NAMES).evaluate(expression)[0].replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("kaikki", "800"),
        ("kulut", "111 600 €"),
        ("aste", "36,9 %"),
        ("tieto", ".."),
        ("alku", "1.3.2021"),
        ("siirto", "13.–14.3.2021"),
        ("kausi", "2021–2023"),
        ("oman | osuus(kaikki)", "80,0 %"),
        ("oman|osuus(kaikki,0)", "80 %"),
        ("aste | muutos(aste_2020)", "+1,8 %-yks."),
        ("kulut | suhde(kaikki, 1)", "139,5"),
        ("kulut | milj", "0,1 M€"),
        ("kulut | milj(2)", "0,11 M€"),
        ("kaikki | plus(oman) | osuus(kaikki | plus(kaikki), 0)", "90 %"),
        ("pohja | kuussa", "lokakuussa"),
        ("pohja | kuu", "lokakuu"),
        ("pohja | kuun", "lokakuun"),
        ("pohja | kuusta", "lokakuusta"),
        ("pohja | kuuhun", "lokakuuhun"),
        ("siirto | kuussa", "maaliskuussa"),
        ("kulut | vuosi", "2021"),
        ("oman | kunta", "Kuvitteila"),
        ("oman | kunnassa", "Kuvitteilassa"),
        ("oman | kunnan", "Kuvitteilan"),
        ("oman | kunnasta", "Kuvitteilasta"),
        ("oman | kuntaan", "Kuvitteilaan"),
        ("oman | share(kaikki)", "80,0 %"),
    ],
)
def test_an_expression_prints(expression, text) -> None:
    assert shown(expression) == text


@pytest.mark.parametrize(
    ("expression", "code", "values"),
    [
        ("kaikk", "unknown-fact", {"found": "kaikk", "nearest": "kaikki"}),
        ("xyz", "unknown-fact", {"found": "xyz", "nearest": "-"}),
        ("oman | osus(kaikki)", "unknown-filter", {"found": "osus", "nearest": "osuus"}),
        ("oman | osuus(kaiki)", "unknown-fact", {"found": "kaiki", "nearest": "kaikki"}),
        ("pohja | kuussa | osuus(kaikki)", "filter-order", {"found": "osuus"}),
        ("pohja | kuussa | kuun", "filter-order", {"found": "kuun"}),
        ("oman | osuus", "filter-arguments", {"found": "osuus"}),
        ("oman | osuus(1)", "filter-arguments", {"found": "osuus"}),
        ("oman | osuus(kaikki, oman)", "filter-arguments", {"found": "osuus"}),
        ("oman | osuus(kaikki, 1, 2)", "filter-arguments", {"found": "osuus"}),
        ("oman | osuus(pohja | kuussa)", "filter-arguments", {"found": "osuus"}),
        ("oman | plus(kaikki, 1)", "filter-arguments", {"found": "plus"}),
        ("oman | tarkkuus", "filter-arguments", {"found": "tarkkuus"}),
        ("oman | tarkkuus(kaikki)", "filter-arguments", {"found": "tarkkuus"}),
        ("oman | tarkkuus(40)", "fact-expression", {}),
        ("oman | tarkkuus(-1)", "fact-expression", {}),
        ("oman | tarkkuus(true)", "fact-expression", {}),
        ("pohja | kuussa(kaikki)", "filter-arguments", {"found": "kuussa"}),
        ("alku | kunnassa", "filter-place", {"found": "kunnassa"}),
        ("kulut | kuussa", "filter-period", {"found": "kuussa", "period": "2021"}),
        ("kausi | vuosi", "filter-period", {"found": "vuosi", "period": "2021–2023"}),
        ("tieto | osuus(aste)", "fact-unknown", {"found": ".."}),
        ("kulut | osuus(kaikki)", "fact-unit", {"found": "€", "wanted": "-"}),
        ("alku | plus(kaikki)", "fact-unknown", {}),
    ],
)
def test_what_cannot_be_printed_is_a_problem(expression, code, values) -> None:
    facts = printer(**NAMES)
    assert facts.cut("Alussa {{ " + expression + " }} lopussa", AT) == "Alussa  lopussa"
    (found,) = facts.problems
    assert (found.code, found.place) == (code, Place("annual.md", 7, 8))
    assert found.values.items() >= values.items()
    assert all(catalogue(language).plain(found) for language in LANGUAGES)


PAYLOADS = [
    "kaikki.__class__",
    "kaikki.__class__.__mro__[1].__subclasses__()",
    "kaikki['value']",
    "kaikki()",
    "1+1",
    "kaikki + 1",
    "-kaikki",
    "not kaikki",
    "kaikki|attr('__class__')",
    "kaikki | attr(kaikki)",
    "''.join(['a'])",
    "'teksti'",
    "[kaikki]",
    "(kaikki, kaikki)",
    "{'a': kaikki}",
    "kaikki if kaikki else oman",
    "kaikki ~ oman",
    "kaikki == oman",
    "kaikki is defined",
    "oman | osuus(part=kaikki)",
    "oman | osuus(kaikki, *kaikki)",
    "oman | osuus(kaikki, **kaikki)",
    "cycler.__init__.__globals__.os.system('touch executed')",
    "lipsum.__globals__",
    "self.__init__",
    "- kaikki -",
    "kaikki # huomautus",
    "42",
    "",
    " ",
    "kaikki oman",
    "kaikki |",
    "(" * 3000 + "kaikki" + ")" * 3000,
    "kaikki" + "|plus(kaikki)" * 3000,
]


@pytest.mark.parametrize("payload", PAYLOADS, ids=[one[:40] for one in PAYLOADS])
def test_nothing_is_executed(payload, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    facts = printer(**NAMES)
    assert whole(facts, "{{ " + payload + " }}") == ""
    assert [one.code for one in facts.problems] in (["fact-expression"], ["unknown-fact"], ["unknown-filter"])
    assert facts.printed == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("line", "found", "column"),
    [
        ("{% if kaikki %}Teksti{% endif %}", "{%", 1),
        ("{{ kaikki }} ja {# huomautus #}", "{#", 17),
        ("Alku {{ kaikki", "{{", 6),
        ("kaikki }} loppu", "}}", 8),
        ("100 %} väärin", "%}", 5),
    ],
)
def test_other_codes_than_facts_are_refused_where_they_stand(line, found, column) -> None:
    facts = printer(**NAMES)
    facts.cut(line, AT)
    assert [(one.code, one.values["found"], one.place.column) for one in facts.problems] == [
        ("text-tag", found, column)
    ]


def test_what_was_cut_is_put_back_in_its_place() -> None:
    facts = printer(**NAMES)
    cut = facts.cut("Asiakkaita {{ kaikki }}, omia {{ oman | osuus(kaikki) }}.", AT)
    assert cut == f"Asiakkaita {chr(FIRST)}, omia {chr(FIRST + 1)}."
    assert facts.put(cut) == "Asiakkaita 800, omia 80,0\u00a0%."
    assert [(one.text, one.place.row, one.place.column) for one in facts.printed] == [
        ("800", 7, 12),
        ("80,0\u00a0%", 7, 31),
    ]


def test_a_private_character_of_the_text_prints_no_fact() -> None:
    facts = printer(**NAMES)
    whole(facts, "{{ kaikki }}")
    assert whole(facts, f"Salaa {chr(FIRST)}{chr(FIRST + 50)}") == "Salaa   "
    assert [(one.code, one.place.column) for one in facts.problems] == [("character", 7)]


@given(st.text(st.characters(exclude_characters="{}%#", exclude_categories=["Co", "Cs"])))
def test_a_text_without_facts_stays_as_it_is(text) -> None:
    facts = printer()
    assert whole(facts, text) == text
    assert facts.problems == []


@given(st.text(alphabet="kaio |(),.01[]{}%#'\"~+-*", max_size=30))
def test_no_expression_breaks_the_printer(text) -> None:
    facts = printer(**NAMES)
    whole(facts, "{{ " + text + " }}")
    assert facts.problems or facts.printed


@pytest.mark.parametrize(
    "value", ["*a*", "a | b", "**x**", "[a](https://example.org)", "![a](figure:b)", "<b>", "\\*", "# a"]
)
def test_a_value_is_never_markup(value) -> None:
    unknown = fact(None)._replace(mark=value)
    facts = FactPrinter({"arvo": unknown}, city(), printer().language)
    body = "## Otsikko\nArvo {{ arvo }} tässä.\n\n| Sarake | Toinen |\n| --- | --- |\n| {{ arvo }} | loppu |\n"
    made = read_narrative(body, "annual.md", 1, facts, [])
    paragraph, table = made.passages[0].blocks
    assert isinstance(paragraph, Paragraph)
    assert isinstance(table, Table)
    assert plain_text(paragraph.runs) == f"Arvo {value} tässä."
    assert len(paragraph.runs) == 1
    assert [cell.text for cell in table.rows[0].cells] == [value, "loppu"]
    assert made.problems == ()


def test_a_cell_of_one_number_knows_it_and_a_cell_of_a_word_does_not() -> None:
    facts = printer(**NAMES)
    number, word, both = (facts.cut(one, AT) for one in ("{{ kaikki }}", "{{ pohja | kuu }}", "noin {{ kaikki }}"))
    found = facts.only(number)
    assert found is not None
    assert found.value == Decimal(800)
    assert facts.only(word) is None
    assert facts.only(both) is None


def test_a_year_or_month_of_an_approximate_figure_is_not_approximate() -> None:
    facts = printer(**NAMES)
    assert facts.evaluate("joulukuu")[1].approximate
    assert not facts.evaluate("joulukuu | kuussa")[1].approximate


def test_every_filter_of_both_languages_stands_for_something() -> None:
    for language in LANGUAGES:
        meanings = set(catalogue(language).part("facts.filters").values())
        words = {"year", *(one for one in meanings if one.startswith(("month_", "place")))}
        assert meanings == {*CALCULATIONS, *words}


def test_english_puts_its_own_words_around_a_place_and_a_month() -> None:
    facts = printer("en", oman=NAMES["oman"], pohja=NAMES["pohja"])
    shown = [facts.evaluate(one)[0] for one in ("oman | in_place", "oman | to_place", "pohja | in_month")]
    assert shown == ["in Kuvitteila", "to Kuvitteila", "in October"]


def test_a_name_whose_notation_failed_is_told_once() -> None:
    named, problems = name_facts({"a": Placed("asiakaat 2021-03"), "b": Placed("asiakkaat 2021-03")}, city())
    assert [one.code for one in problems] == ["unknown-indicator"]
    facts = FactPrinter(named, city(), Language("fi"))
    facts.cut("{{ a }} {{ b | osuus(a) }} {{ a | muutos(b) }} {{ c }}", AT)
    assert [(one.code, one.values["found"]) for one in facts.problems] == [("unknown-fact", "c")]


def test_a_wrong_notation_is_told_at_its_place() -> None:
    place = Place("annual.md", 3, 12)
    named, problems = name_facts({"a": Placed("asiakkaat 2019", place), "b": Placed("asiakkaat 2021-03")}, city())
    assert list(named) == ["b"]
    assert [(one.code, one.place, one.values["expression"]) for one in problems] == [
        ("fact-missing", place, "asiakkaat 2019")
    ]
