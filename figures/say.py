"""What a chart says in words and numbers: pieces of alt texts, labels and tables, in the words the chart brings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from figures.chart import Chart, ChartError, Series

ALT_LIMIT = 499
SHARE_DECIMALS = 1
NAMED = 3
UNKNOWN = ".."
"""The sign of Finnish statistics for a number that is not available, where the data gives no other."""


def say(chart: Chart, key: str, **values: object) -> str:
    """A sentence of the chart's words, filled in. Raises ChartError(chart-words-missing)."""
    if key not in chart.words:
        raise ChartError("chart-words-missing", kind=chart.kind, key=key)
    return chart.words[key].format(**values)


def unit_printed(unit: str) -> bool:
    """Whether a unit stands after every number; other units are named once."""
    return "%" in unit or "€" in unit


def plain(chart: Chart, value: Decimal) -> str:
    """A number as the chart's indicator writes it, without unit."""
    return chart.notation.number(value, chart.decimals)


def amount(chart: Chart, value: Decimal) -> str:
    """A number with its unit where that is printed: `2 608`, `94,6 %`, `456 502 €`."""
    if not unit_printed(chart.unit):
        return plain(chart, value)
    return plain(chart, value) + (chart.notation.percent if chart.unit == "%" else f"\u00a0{chart.unit}")


def percent(chart: Chart, part: Decimal, whole: Decimal) -> str:
    """A share with one decimal: `47,3 %`."""
    return chart.notation.number(part * 100 / whole, SHARE_DECIMALS) + chart.notation.percent


def mark(series: Series, index: int) -> str:
    """The sign printed where a number is unknown."""
    return (series.marks[index] if index < len(series.marks) else "") or UNKNOWN


def known(series: Series) -> list[tuple[int, Decimal]]:
    """The numbers of a series that are known, each with its place."""
    return [(index, value) for index, value in enumerate(series.values) if value is not None]


def printed(chart: Chart, series: int, category: int) -> str:
    """What stands at a bar: its number, or the sign of an unknown one."""
    value = chart.series[series].values[category]
    return mark(chart.series[series], category) if value is None else amount(chart, value)


def total(chart: Chart, series: Series) -> Decimal | None:
    """The sum of a distribution; None where a part is unknown, negative or a percentage, so that a sum says nothing."""
    values = [value for value in series.values if value is not None]
    if "%" in chart.unit or len(values) < len(series.values) or min(values, default=Decimal(-1)) < 0:
        return None
    return sum(values, Decimal(0))


def share(chart: Chart, series: Series, value: Decimal) -> str:
    """The share of a value in its series, empty where there is no total to compare with."""
    whole = total(chart, series)
    return percent(chart, value, whole) if whole else ""


def names(chart: Chart, labels: Sequence[str]) -> str:
    """`a`, `a ja b`, `a, b ja c`, `a, b, c ja 4 muuta`."""
    if len(labels) > NAMED + 1:
        return say(chart, "and-more", first=", ".join(labels[:NAMED]), count=len(labels) - NAMED)
    if len(labels) < 2:
        return "".join(labels)
    return say(chart, "and", first=", ".join(labels[:-1]), last=labels[-1])


def extreme(chart: Chart, series: Series, pick: Callable[[Iterable[Decimal]], Decimal], key: str) -> str:
    """The largest (`max`) or smallest (`min`) number with the names of all categories that have it."""
    value = pick(value for _, value in known(series))
    labels = [chart.categories[index] for index, found in known(series) if found == value]
    return say(chart, key, labels=names(chart, labels), value=amount(chart, value))


def distribution(chart: Chart, series: Series) -> str:
    """A sentence on a distribution: its extremes and total, after the name of the series where there are several."""
    values = [value for _, value in known(series)]
    if len(set(values)) == 1 and len(values) > 1:
        clauses = [say(chart, "equal", value=amount(chart, values[0]))]
    elif len(values) == 1:
        clauses = [extreme(chart, series, max, "only")]
    else:
        clauses = [extreme(chart, series, max, "highest"), extreme(chart, series, min, "lowest")]
    whole = total(chart, series)
    if whole is not None and len(values) > 1:
        clauses.append(say(chart, "sum", total=amount(chart, whole)))
    return sentence(chart, series, ", ".join(clauses))


def sentence(chart: Chart, series: Series, clause: str) -> str:
    """A clause with its full stop, after the name of its series where there are several."""
    if len(chart.series) > 1 and series.name:
        clause = say(chart, "of", name=series.name, clause=clause)
    return f"{clause[:1].upper()}{clause[1:].rstrip('.')}."


def unknowns(chart: Chart) -> str:
    """A sentence that names the categories without a number, each with its sign; empty where there are none."""
    missing = [
        f"{chart.categories[index]} ({mark(series, index)})"
        for series in chart.series
        for index, value in enumerate(series.values)
        if value is None and not to_come(chart, series, index)
    ]
    missing = list(dict.fromkeys(missing))
    return say(chart, "unknown", labels=names(chart, missing)) if missing else ""


def to_come(chart: Chart, series: Series, index: int) -> bool:
    """Whether a month is outside the known ones and has no sign: its number is still to come."""
    places = [place for place, _ in known(series)]
    given = index < len(series.marks) and series.marks[index] != ""
    return chart.kind == "trend" and bool(places) and not given and not min(places) < index < max(places)


def subject(chart: Chart, title: str) -> str:
    """The title and unit as the beginning of the alt text says them."""
    title = title.rstrip(". ")
    return say(chart, "subject", title=title, unit=chart.unit) if chart.unit else title


def compose(chart: Chart, sentences: Iterable[str]) -> str:
    """An alt text under 500 characters: opening, status, and between them as many sentences as there is room for."""
    callout = say(chart, "callout", callout=chart.callout.rstrip(".")) if chart.callout else ""
    status = say(chart, "status", status=chart.status.rstrip(".")) if chart.status else ""
    title = chart.title
    opening = say(chart, "alt", subject=subject(chart, title), count=len(chart.categories))
    while len(opening) + len(status) + 1 > ALT_LIMIT and len(title) > 1:
        title = title[: len(title) * 3 // 4].rstrip()
        opening = say(chart, "alt", subject=subject(chart, title + "…"), count=len(chart.categories))
    room = ALT_LIMIT - len(opening) - len(status) - 1
    texts = [text for text in (*sentences, callout, unknowns(chart)) if text]
    # The first sentence, the callout and what is missing say most; further sentences follow while there is room.
    ranked = sorted(texts, key=lambda text: text not in {texts[0], callout, unknowns(chart)})
    kept = set()
    for text in ranked:
        if len(text) + 1 <= room:
            kept.add(text)
            room -= len(text) + 1
    return " ".join([opening, *(text for text in texts if text in kept), *([status] if status else [])])
