"""Made-up charts that tests draw, with the catalogue's words, and the theme they are drawn in."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from figures.chart import Aim, Chart, Round, Series, Time
from figures.theme import Theme, theme_from

ROOT = Path(__file__).resolve().parent.parent
MONTHS = (
    "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu"
).split()
AGES = ("alle 20", "20–24", "25–29", "30–39", "40–49", "50–59", "60 täyttäneet")
Number = int | str | None


@cache
def look() -> dict[str, str]:
    """The values of our own theme.yaml, as text."""
    return {
        key: str(value) for key, value in YAML(typ="safe").load(ROOT / "templates" / "shared" / "theme.yaml").items()
    }


@cache
def theme(**changes: str) -> Theme:
    """Our own theme, 160 mm wide where a test does not ask for another width."""
    return theme_from(
        {**look(), "chart-width": "160", **{key.replace("_", "-"): value for key, value in changes.items()}}
    )


@cache
def words(kind: str, language: str = "fi") -> dict[str, str]:
    """The catalogue's words of a kind of chart."""
    with (ROOT / "reports" / "messages" / f"{language}.toml").open("rb") as file:
        kinds = tomllib.load(file)["chart"]
    return {**kinds["common"], **kinds[kind]}


def series(name: str, *values: Number, marks: Sequence[str] = ()) -> Series:
    """A series of numbers; a text is a decimal, None is unknown."""
    return Series(name, tuple(None if value is None else Decimal(value) for value in values), tuple(marks))


def chart(kind: str, categories: Sequence[str], *sets: Series, **more: Any) -> Chart:
    """A chart of a made-up city."""
    given: dict[str, Any] = {"title": "Asiakkaat", "unit": "henkilöä", "source": "Mallilan rekisteri", **more}
    return Chart(
        kind=kind,
        categories=tuple(categories),
        series=tuple(sets),
        words=words(kind, given.pop("language", "fi")),
        **given,
    )


def ages(**more: Any) -> Chart:
    """Seven age groups, two of them emphasised."""
    given = {"emphasis": ("20–24", "25–29"), "callout": "20–29-vuotiaat: 110", "category_name": "Ikäryhmä", **more}
    return chart("age-distribution", AGES, series("Mallila", 12, 48, 62, 90, 71, 55, 20), **given)


def two_ages(**more: Any) -> Chart:
    """The age groups of two years, one number hidden."""
    before = series("2020", 10, 40, 66, 84, None, 50, 19, marks=("", "", "", "", "...", "", ""))
    return chart("age-distribution", AGES, series("2021", 12, 48, 62, 90, 71, 55, 20), before, **more)


def shares(**more: Any) -> Chart:
    """Four situations in no order, with long names."""
    names = ("Lomautettu", "Työllistymistä edistävässä palvelussa", "Työtön", "Ammatinvalinta- ja uraohjauksessa")
    return chart("shares", names, series("Mallila", 30, 15, 150, 5), **more)


def trend(**more: Any) -> Chart:
    """A year and the year before; the lowest month is October."""
    own = series("2021", 318, 311, 310, 290, 264, 267, 275, 236, 222, 212, 214, 243)
    return chart(
        "trend", MONTHS, own, series("2020", 249, 238, 289, 401, 395, 386, 353, 297, 281, 273, 285, 346), **more
    )


def euros(**more: Any) -> Chart:
    """Two pairs of sums: less than planned, and more."""
    given = {"title": "Talousarvio ja toteuma", "unit": "€", **more}
    own, planned = series("Toteuma", 531000, 42000), series("Talousarvio", 590000, 40000)
    return chart("euros", ("Palvelujen menot", "Hankkeet"), own, planned, **given)


def targets(**more: Any) -> Chart:
    """Four measures: met with a ceiling, missed with a floor, one without a number of today, one in words alone."""
    given = {
        "title": "Tavoite 1",
        "unit": "",
        "aims": (
            Aim("2\u00a0610", "alle 2\u00a0900", "tavoitetasolla", "2\u00a0755", "below", True),
            Aim("36\u00a0%", "yli 40\u00a0%", "ei vielä tavoitetasolla", "34\u00a0%", "above", False),
            Aim("", "alle 140", "ei tietoa", "126", "below"),
            Aim("", "", "laadullinen"),
        ),
        **more,
    }
    names = ("Palvelun asiakkaat", "Aktivointiaste, pitkäaikaistyöttömät", "Asiakkaita valmentajaa kohden", "Ei jonoja")
    now = series("kesäkuu 2022", 90, 90, None, None, marks=("", "", "..", "."))
    return chart("targets", names, now, series("lähtötaso", 95, 85, 90, None), **given)


def far_targets(**more: Any) -> Chart:
    """Three measures, all far from their targets: now, now and before, before."""
    aims = (
        Aim("640", "yli 160", "toteutunut", "144", "above", True),
        Aim("\u221215", "yli 50", "ei toteutunut", "\u221240", "above", False),
        Aim("28\u00a0viikkoa", "keskimäärin alle 26\u00a0viikkoa", "lähellä", "80\u00a0viikkoa", "below", False),
    )
    names = ("Palkkatuki", "Palaute työllisyyspalvelusta", "Työttömyyden keskimääräinen kesto")
    now, before = series("joulukuu 2022", 400, -30, 108), series("lähtötaso", 90, -80, 308)
    return chart("targets", names, now, before, **{"unit": "", "aims": aims, **more})


def clock(**more: Any) -> Chart:
    """What comes round in a year: twice every month, two releases of figures, four single times, two without one."""
    month_ends = tuple(Time(f"28.{month}.", month - 0.1) for month in range(1, 13))
    releases = tuple(Time(f"25.{month}.", month - 0.2) for month in range(1, 13))
    benefits = tuple(Time(f"20.{month}.", month - 0.35) for month in range(1, 13))
    rounds = (
        Round("joka kuukausi", month_ends),
        Round("joka kuukausi", month_ends),
        Round("6/2023 ja 10/2023", (Time("30.6.", 5.98), Time("31.10.", 9.98))),
        Round("2/2023", (Time("28.2.", 1.98),)),
        Round("3 kertaa vuodessa"),
        Round("kerran vuodessa (2/2023)", (Time("28.2.", 1.98),)),
        Round("21.–25. päivä", releases),
        Round("viimeistään 20. päivä", benefits),
        Round("joka viikko"),
    )
    names = (
        "Ohjausryhmä: Kuukausiseuranta", "Yleisö: Kuukausiseurannan lyhyt versio verkkosivulla",
        "Henkilöstö: Suunnitelman eteneminen", "Henkilöstö: Vuoden toteuma", "Johtoryhmä: Väliraportti",
        "Kaupunginhallitus / kaupunkikehityslautakunta: Toimintasuunnitelman toteutuminen",
        "Tilastokeskus: Työnvälitystilasto", "Kela: Kuntaosuudet", "Tiimit: Tilannekatsaus",
    )  # fmt: skip
    given = {"title": "Raportoinnin vuosikello 2023", "unit": "", "source": "", "rounds": rounds, **more}
    counts = series("2023", *(len(one.times) or None for one in rounds))
    return chart("year-clock", names, counts, **{"emphasis": (*names[:6], names[8]), **given})


ALL = (ages, two_ages, shares, trend, euros, targets, far_targets, clock)
