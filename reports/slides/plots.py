"""The charts of a document as PowerPoint draws them: kinds and numbers, without a picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from figures.chart import Chart
from figures.notation import Notation
from reports.charts import Chosen
from reports.document import NBSP
from reports.finnish import Language
from reports.write.pptx_deck import Line, Plot

KINDS: Mapping[str, Literal["lines", "columns"]] = {"trend": "lines", "age-distribution": "columns"}
SYMBOLS = ("%", "€")


def plots(shown: Mapping[str, Chosen], language: Language) -> dict[str, Plot]:
    """The chart of each figure by name."""
    return {name: _plot(one.chart, language) for name, one in shown.items()}


def _plot(chart: Chart, language: Language) -> Plot:
    categories = tuple(chart.words.get(f"axis-{one}", one) for one in chart.categories)
    short = dict(zip(chart.categories, categories, strict=True))
    return Plot(
        KINDS.get(chart.kind, "bars"),
        categories,
        tuple(Line(one.name, one.values) for one in chart.series),
        chart.decimals,
        _symbol(chart.unit, chart.notation),
        tuple(short.get(one, one) for one in chart.emphasis),
        chart.notation.thousands,
        language.code,
    )


def _symbol(unit: str, notation: Notation) -> str:
    """The unit as it stands after a number, where it is a symbol."""
    if unit == "%":
        return notation.percent
    return f"{NBSP}{unit}" if any(sign in unit for sign in SYMBOLS) else ""
