"""What a chart is made of: figures of one unit, series told apart, numbers with their own precision, nils marked."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from figures import registry
from reports import charts
from reports.charts import Chosen
from reports.document import Table
from reports.errors import Place
from reports.facts import FactError
from reports.finnish import Language
from reports.model import Dataset, Mark, keyed
from reports.single import to_csv
from reports.text import FigureSpec, Placed
from tests.made_text import city

NB = "\u00a0"


def chosen(kind: str, data: list[str], compare: tuple[str, ...] = (), dataset: Dataset | None = None) -> Chosen:
    spec = FigureSpec(kind, tuple(map(Placed, data)), Place("annual.md", 1), tuple(map(Placed, compare)))
    return charts.choose(spec, "Otsikko", "", "", dataset or city(), Language("fi"))


def table(of: Chosen) -> Table:
    return charts.data_table(registry.data_table(of.chart), "t", "T", of.chart.decimals)


def changed(group: str, **values: object) -> Dataset:
    """The city with another observation for an age group."""
    rows = [o._replace(**values) if o.group == group else o for o in city().observations.values()]  # type: ignore[arg-type]
    return replace(city(), observations=keyed(rows))


def test_a_share_has_its_decimal_in_every_format() -> None:
    made = table(chosen("shares", ["asiakkaat-ika 2021-03 Kuvitteila"]))
    count, share = made.rows[0].cells[1:]
    assert (count.text, count.decimals) == ("150", 0)
    assert (share.text, share.decimals) == (f"23,4{NB}%", 1)
    assert to_csv(made, "fi").decode("utf-8-sig").splitlines()[1] == "25–34;150;23,4"


@pytest.mark.parametrize(("kind", "data"), [("trend", "tyottomat 2021 Kuvitteila"), ("euros", "toteuma 2021")])
def test_figures_of_two_units_make_no_chart(kind: str, data: str) -> None:
    other = "aktivointiaste 2021"
    with pytest.raises(FactError) as caught:
        chosen(kind, [data], (other,))
    assert caught.value.code == "figure-unit"
    assert (caught.value.values["found"], caught.value.values["indicator"]) == ("%", "aktivointiaste")


def test_series_of_two_indicators_carry_their_names() -> None:
    unemployed = [o for o in city().observations.values() if (o.indicator, o.area) == ("tyottomat", "Kuvitteila")]
    more = [o._replace(indicator="asiakkaat") for o in unemployed]
    both = replace(city(), observations=keyed([*city().observations.values(), *more]))
    of = chosen("trend", ["tyottomat 2021 Kuvitteila"], ("asiakkaat 2021 Kuvitteila",), both)
    assert [one.name for one in of.chart.series] == ["Työttömät työnhakijat", "Palvelun asiakkaat"]
    of = chosen("trend", ["tyottomat 2021 Kuvitteila"], ("asiakkaat 2020 Kuvitteila",), both)
    assert [one.name for one in of.chart.series] == ["Työttömät työnhakijat 2021", "Palvelun asiakkaat 2020"]


def test_a_set_without_a_single_figure_is_an_error() -> None:
    with pytest.raises(FactError) as caught:
        chosen("trend", ["tyottomat 2021 Kuvitteila"], ("tyottomat 2019 Kuvitteila",))
    assert (caught.value.code, caught.value.values["found"]) == ("figure-empty", "tyottomat 2019 Kuvitteila")


def test_series_of_one_indicator_do_not() -> None:
    of = chosen("trend", ["tyottomat 2021 Kuvitteila"], ("tyottomat 2020 Kuvitteila",))
    assert [one.name for one in of.chart.series] == ["2021", "2020"]


def test_a_nil_keeps_its_mark_in_the_charts_table_and_is_no_unknown_number() -> None:
    of = chosen(
        "age-distribution",
        ["asiakkaat-ika 2021-03 Kuvitteila"],
        dataset=changed("15–24", value=Decimal(0), mark=Mark.NIL),
    )
    made = table(of)
    assert (made.rows[0].cells[1].text, made.rows[0].cells[1].value) == ("-", None)
    assert (made.rows[-1].cells[1].text, made.rows[-1].total) == ("520", True)
    assert "15–24 (-)" not in registry.alt_text(of.chart)
    assert to_csv(made, "fi").decode("utf-8-sig").splitlines()[1] == "15–24;-"
