"""The attachment of sources holds every figure of a report: value, time, area, source, status, calculation."""

from __future__ import annotations

import pytest

from reports.charts import when
from reports.document import List, Paragraph, Table, plain_text
from reports.errors import Place, Problem
from reports.facts import Reference
from reports.finnish import Language
from reports.period import Period
from tests.made_text import Made, report

NB = "\u00a0"
TEXT = """---
title: Raportti
facts:
  kaikki: asiakkaat 2021-03
  oma: asiakkaat 2021-03 Kuvitteila
  muu: asiakkaat 2021-03 Naapurila
  arvio: asiakkaat 2021-12
  pohja: alin tyottomat 2021 Kuvitteila
  keski: keskiarvo tyottomat 2021 Kuvitteila
  keski_2020: keskiarvo tyottomat 2020 Kuvitteila
  joulukuu: tyottomat 2021-12 Kuvitteila
  joulukuu_2020: tyottomat 2020-12 Kuvitteila
  aste: aktivointiaste 2021
  aste_2020: aktivointiaste 2020
  kulut: toteuma 2021
  ensi: talousarvio 2022
  siirto: päivä siirto
  alku: päivä palvelun-alku
figures:
  ika:
    chart: age-distribution
    data: asiakkaat-ika 2021-03 Kuvitteila
tables:
  kuukaudet:
    columns:
      - Kuvitteila
      - Naapurila
    data: tyottomat 2021
---
## Alku

"""


TABLES = "\n\n![Ikä](figure:ika)\n\n![Kuut](table:kuukaudet)\n"


def made(body: str, **more) -> Made:
    return report(TEXT + body + TABLES, **more)


def own(rows: list[list[str]]) -> list[list[str]]:
    """The rows of the text: without those that point to the table of months."""
    return [row for row in rows if not row[1].startswith("Taulukko")]


def test_a_figure_of_the_text_has_value_place_time_status_and_source() -> None:
    of = made("Asiakkaita {{ kaikki }}, {{ muu }}, {{ aste }}, {{ kulut }}, {{ ensi }}, {{ joulukuu }}.")
    assert of.codes() == []
    assert own(of.rows("figures")) == [
        ["Palvelun asiakkaat", f"800{NB}henkilöä", "Yhteistyöalue, 3/2021", "esimerkki", "1"],
        [
            "Palvelun asiakkaat\nAlueen voi antaa myös koodina.",
            f"160{NB}henkilöä",
            "Naapurila, 3/2021",
            "esimerkki",
            "1",
        ],
        ["Aktivointiaste", f"36,9{NB}%", "Yhteistyöalue, 2021", "esimerkki", "1"],
        ["Toteuma", f"111{NB}600{NB}€", "Yhteistyöalue, 2021", "esimerkki", "1"],
        ["Talousarvio", f"125{NB}000{NB}€", "Yhteistyöalue, 2022", "ennakollinen", "1"],
        ["Työttömät työnhakijat", f"514{NB}henkilöä", "Kuvitteila, 12/2021", "lopullinen", "2"],
    ]


def test_an_approximate_figure_says_so() -> None:
    (row,) = own(made("Noin {{ arvio }}.").rows("figures"))
    assert row[1] == f"noin 750{NB}henkilöä"


def test_a_figure_printed_many_times_has_one_row_in_the_order_of_the_text() -> None:
    of = made("{{ muu }} {{ kaikki }} {{ muu }} {{ muu | osuus(kaikki) }}")
    assert [row[1] for row in own(of.rows("figures"))] == [f"160{NB}henkilöä", f"800{NB}henkilöä"]


def test_a_number_behind_its_row_goes_to_the_workbook() -> None:
    of = made("{{ aste }}")
    table = next(one for one in of.sources.blocks if isinstance(one, Table))
    assert (table.rows[0].cells[1].value, table.rows[0].cells[1].decimals) == (table.rows[0].cells[1].value, 1)
    assert str(table.rows[0].cells[1].value) == "36.9"


def test_dates_have_their_names_times_and_status() -> None:
    assert made("{{ siirto }} ja {{ alku | vuosi }}").rows("dates") == [
        ["Asiakastietojen siirto", "13.–14.3.2021", "esimerkki", "1"],
        ["Palvelun alku", "1.3.2021", "esimerkki", "1"],
    ]


@pytest.mark.parametrize(
    ("expression", "row"),
    [
        (
            "oma | osuus(kaikki)",
            ["80,0 %", "osuus", "Palvelun asiakkaat 3/2021 (Kuvitteila: 640; Yhteistyöalue: 800)", "esimerkki", "1"],
        ),
        (
            "joulukuu | eroprosentti(joulukuu_2020, 0)",
            [
                "14 %",
                "ero, %",
                "Työttömät työnhakijat, Kuvitteila (12/2021: 514; 12/2020: 600)",
                "lopullinen",
                "1",
            ],
        ),
        (
            "aste | muutos(aste_2020)",
            ["+1,8 %-yks.", "muutos", "Aktivointiaste, Yhteistyöalue (2021: 36,9 %; 2020: 35,1 %)", "esimerkki", "1"],
        ),
        (
            "kulut | suhde(kaikki, 1)",
            [
                "139,5",
                "jakolasku",
                "Toteuma, Yhteistyöalue 2021: 111 600 €; Palvelun asiakkaat, Yhteistyöalue 3/2021: 800",
                "esimerkki",
                "1",
            ],
        ),
        ("keski", [None, "kuukausien keskiarvo", "Työttömät työnhakijat, Kuvitteila (2021)", "lopullinen", "1"]),
        (
            "keski | muutos(keski_2020)",
            [None, "muutos", "Työttömät työnhakijat, Kuvitteila (2021; 2020)", "lopullinen", "1"],
        ),
        ("joulukuu | suhde(kaikki, 2)", ["0,64", "jakolasku", None, "esimerkki", "1, 2"]),
        ("ensi | muutos(kulut)", [None, "muutos", None, "esimerkki", "1"]),
    ],
)
def test_a_calculated_number_tells_how_and_from_what(expression, row) -> None:
    of = made("{{ " + expression + " }}")
    assert of.codes() == []
    (found,) = of.rows("calculations")
    assert [text.replace(NB, " ") for text, wanted in zip(found, row, strict=True) if wanted is not None] == [
        wanted for wanted in row if wanted is not None
    ]


def test_the_lowest_month_is_a_figure_and_a_calculation() -> None:
    of = made("{{ pohja | kuussa }} {{ pohja }}")
    assert len(own(of.rows("figures"))) == 1
    assert [row[1] for row in of.rows("calculations")] == ["pienin kuukausi"]


def test_five_parts_of_a_sum_are_all_named() -> None:
    of = made("{{ kaikki | plus(oma) | plus(muu) | plus(joulukuu) | plus(joulukuu_2020) }}")
    assert len(own(of.rows("figures"))) == 5
    assert all(part in of.rows("calculations")[0][2] for part in ("800", "640", "160", "514", "600"))


def months(*numbers: int) -> tuple[str, dict[str, str]]:
    """A sum of single months in this order, and their facts."""
    names = {f"kuu_{number}": f"tyottomat 2021-{number:02d} Kuvitteila" for number in numbers}
    first, *rest = names
    return "{{ " + " | ".join([first, *(f"plus({name})" for name in rest)]) + " }}", names


def of_months(*numbers: int) -> Made:
    expression, names = months(*numbers)
    facts = "".join(f"  {name}: {notation}\n" for name, notation in names.items())
    return report(TEXT.replace("figures:\n", facts + "figures:\n", 1) + expression + TABLES)


@pytest.mark.parametrize("numbers", [(1, 2, 3, 4, 6), (5, 4, 3, 2, 1), (1, 3, 5, 7, 9, 11)])
def test_months_that_do_not_follow_each_other_are_all_named(numbers) -> None:
    of = of_months(*numbers)
    assert of.codes() == []
    (row,) = of.rows("calculations")
    assert all(f"{number}/2021: " in row[2] for number in numbers)
    assert len(own(of.rows("figures"))) == len(numbers)


def test_months_that_follow_each_other_are_told_by_first_and_last() -> None:
    of = of_months(1, 2, 3, 4, 5)
    (row,) = of.rows("calculations")
    assert row[2] == "Työttömät työnhakijat, Kuvitteila (1.1.–31.5.2021)"
    assert own(of.rows("figures")) == []


def test_a_nil_shows_its_mark_and_is_no_bare_number() -> None:
    of = report(TEXT.replace("figures:\n", "  tyhja: henkilosto 2022\nfigures:\n", 1) + "Oli {{ tyhja }}." + TABLES)
    (row,) = own(of.rows("figures"))
    assert row[1] == "-"
    table = next(one for one in of.sources.blocks if isinstance(one, Table))
    assert table.rows[0].cells[1].value is None
    (paragraph, *_) = of.document.sections[0].blocks
    assert isinstance(paragraph, Paragraph)
    assert plain_text(paragraph.runs) == "Oli 0,0."


def test_a_charts_numbers_stand_under_its_own_heading() -> None:
    of = made("Teksti.")
    table = next(one for one in of.sources.blocks if isinstance(one, Table) and one.anchor == "sources-ika")
    assert table.caption == (
        "Kuvion luvut (maaliskuu 2021). Lähde: Vuosikello, Keksityt luvut ohjelman kokeilua varten. Esimerkkiaineisto."
    )


def test_a_table_of_months_is_named_with_its_area_time_and_source() -> None:
    assert made("Teksti.").rows("figures") == [
        ["Työttömät työnhakijat", f"Taulukko{NB}1", f"{area}, 2021", "lopullinen", "2"]
        for area in ("Kuvitteila", "Naapurila")
    ]


def test_sources_are_listed_once_in_the_order_of_the_text() -> None:
    of = made("{{ joulukuu }} {{ kaikki }}")
    entries = next(one for one in of.sources.blocks if isinstance(one, List)).entries
    assert [(one.number, plain_text(one.runs)) for one in entries] == [
        ("1.", "Vuosikello, Keksitty kuukausitilasto, taulukko demo. EUPL-1.2. Haettu 31.1.2022."),
        (
            "2.",
            "Vuosikello, Keksityt luvut ohjelman kokeilua varten. "
            "Kuntaa ei ole olemassa, eivätkä luvut kuvaa mitään kuntaa.",
        ),
    ]


def test_a_known_deviation_is_shown_with_its_reason() -> None:
    values = {"name": "Summa", "total": "3", "found": "2", "gap": "1", "reason": "Syy on tiedossa."}
    known = Problem("sum-acknowledged", Place("sums.yaml", 1), values, warning=True, acknowledged=True)
    last = made("Teksti.", known=[known]).sources.blocks[-1]
    assert isinstance(last, List)
    assert plain_text(last.entries[0].runs) == "Summa: ilmoitettu 3, osien summa 2, ero 1. Syy on tiedossa."


def test_a_part_without_rows_is_left_out() -> None:
    of = made("Teksti.")
    assert of.rows("dates") == of.rows("calculations") == []


def test_every_cell_of_the_attachment_says_something() -> None:
    of = made("{{ oma | osuus(kaikki) }} {{ siirto }} {{ pohja }} noin {{ arvio }}")
    cells = [cell for one in of.sources.blocks if isinstance(one, Table) for row in one.rows for cell in row.cells]
    assert len(cells) > 20
    assert all(cell.text for cell in cells)
    assert all(isinstance(block, Paragraph) for cell in cells for block in cell.blocks)


@pytest.mark.parametrize(
    ("periods", "text"),
    [
        (["2021", "2020"], "2020–2021"),
        (["2021"], "2021"),
        (["2021", "2019"], "2019, 2021"),
        (["2022", "2020", "2021"], "2020–2022"),
        (["2021-03", "2020-03"], "maaliskuu 2020, maaliskuu 2021"),
        (["2021-03", "2021"], "2021, maaliskuu 2021"),
    ],
)
def test_the_times_of_a_chart_are_told_briefly(periods, text) -> None:
    references = [Reference("a", Period.of(one), "Kuvitteila") for one in periods]
    assert when(references, Language("fi")) == text
