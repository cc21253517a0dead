"""Made-up decks of slides: every kind of slide, cut to size and written with the program's own master."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from pptx import Presentation

from reports.document import NBSP, Entry, KeyFigure, List, Notice, Paragraph, Run, Section
from reports.errors import Place, Problem
from reports.finnish import Language
from reports.slides.fitting import fitted
from reports.write import pptx
from reports.write.pptx_deck import GOALS, KEY_FIGURES, Deck, Line, Plot
from tests.made_document import figure, numbers, template

PLACE = Place("data/koti/2024-05/slides.md", 7)
LINES = Plot(
    "lines",
    ("tammi", "helmi", "maalis"),
    (Line("2024", (Decimal(2095), Decimal(2030), None)), Line("2023", (Decimal(3182), None, Decimal(1234567)))),
)
BARS = Plot(
    "bars",
    ("Salmi", "Koko maa"),
    (Line("5/2024", (Decimal("9.0"), Decimal("8.9"))),),
    decimals=1,
    symbol="\u00a0%",
    emphasis=("Salmi",),
)
COLUMNS = BARS._replace(kind="columns", symbol="")
EXAMPLE, MARK = Notice("Esimerkkiaineisto"), Notice("Kaupunginhallituksen huomio")
SOURCE = Paragraph((Run("Rekisteri: työttömät (Salmi, 5/2024)."),), "note")


def bullets(*texts: str) -> List:
    """A list; a text that begins with a space stands one level down."""
    return List(tuple(Entry((Run(one.strip()),), len(one) - len(one.lstrip())) for one in texts))


def slides() -> tuple[Section, ...]:
    """A slide of each layout."""
    words = bullets("Alle <5 pv & T&K", " Toinen taso", "→ Seuraus")
    board = replace(numbers(GOALS, caption="Kunnossa on mittari."), title="Tavoitteet")
    return (
        Section("slides-opening", "Kuukausi lyhyesti", (words, SOURCE)),
        Section(KEY_FIGURES, "Keskeiset luvut", (SOURCE,)),
        Section("slides-people", "Työttömät", (EXAMPLE, bullets("Vähemmän kuin vuosi sitten"), figure("ika", ""))),
        Section("slides-rates", "Osuudet", (figure("tila", ""),)),
        Section("slides-ages", "Iät", (figure("iat", ""),)),
        Section("slides-areas", "Alueet", (numbers("alueet", caption="Lähde: kaupunki."),)),
        Section(GOALS, "Tavoitteet", (board,)),
        Section("section-mittarit", "Mittarit", ()),
        Section("section-huomio", "Huomiot", (MARK, Paragraph((Run("HUOM!", strong=True),)))),
        Section("section-kiitos", "Kiitos", (Paragraph((Run("Lisätietoja antaa koordinaattori."),)),)),
    )  # fmt: skip


def deck(*sections: Section) -> Deck:
    """A deck of these slides, of one of each layout where none are given."""
    return Deck(
        name="slides",
        title="Kuntakokeilu & työllisyys",
        subtitle="Ohjausryhmä",
        organisation="Mallikaupunki <työllisyyspalvelut>",
        date="19.1.2022",
        roles=("Koordinaattori",),
        language="fi",
        area="malli",
        period="2022-01",
        sections=sections or slides(),
        notices=(Notice("Asiakirjassa on esimerkkiaineistoa."),),
        key_figures=(KeyFigure(f"2{NBSP}842", "asiakasta"), KeyFigure(f"−33{NBSP}%", "työttömien määrä")),
        day="2022-01-19",
        plots={"ika": LINES, "tila": BARS, "iat": COLUMNS},
    )


def cut(*sections: Section, figures: Sequence[KeyFigure] = ()) -> tuple[Deck, list[Problem]]:
    """A deck cut to size, and what does not fit it; every slide was written at `PLACE`."""
    made = deck(*sections)
    made = replace(made, key_figures=tuple(figures) or made.key_figures)
    return fitted(made, template(name="slides"), Language("fi"), {one.anchor: PLACE for one in made.sections})


def opened(*sections: Section, before: Sequence[Path] = ()) -> Any:
    """A deck written and opened again by python-pptx."""
    return Presentation(io.BytesIO(pptx.write(deck(*sections), template(*before, name="slides"))))
