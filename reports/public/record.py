"""A published month as data: its headline, sentences and shown figures, to JSON and back, and the figures as CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from reports.charts import cite, source_of
from reports.facts import Fact
from reports.model import Dataset, Mark, Source
from reports.month.monthly_figures import observations
from reports.period import Period
from reports.sentences.subject import Subject

HEADS = tuple("indicator name unit period area group value mark status source licence address".split())
JSON = "data.json"
MONTH = re.compile(r"\d{4}-\d{2}")  # the folder of a month on the site
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the start of a formula


class Shown(NamedTuple):
    """A figure of the page in words and numbers; `value` is None where `mark` says why it is not known."""

    indicator: str
    name: str
    unit: str
    period: str
    area: str
    value: Decimal | None
    mark: str
    status: str
    source: str
    licence: str
    address: str
    group: str = ""


class Record(NamedTuple):
    """What a month's page says, for the archive, the feed and whoever reads its data.

    `updated` is a day (2022-12-21): that of the text, else the newest on which a source was read, else the month's
    last.
    """

    period: str
    language: str
    area: str
    organisation: str
    title: str
    lead: tuple[str, ...]
    updated: str
    figures: tuple[Shown, ...] = ()


def shown_figures(found: Iterable[tuple[Subject, Iterable[Period]]], dataset: Dataset) -> tuple[Shown, ...]:
    """The figures of some subjects in some months, each once, those that no file has left out."""
    rows = (
        _shown(subject, period, fact, dataset)
        for subject, periods in found
        for period in periods
        if (fact := subject.figures.get(period))
    )
    return tuple(dict.fromkeys(rows))


def updated(found: Iterable[Shown], dataset: Dataset, at: Period, day: Period | None) -> str:
    """The day that a month's page is of, as `Record` tells."""
    if day:
        return day.first.isoformat()
    used = {one.source for one in found}
    read = [one.retrieved[:10] for one in dataset.sources.values() if one.retrieved and cite(one) in used]
    return max([at.last.isoformat(), *read])


def to_json(record: Record, indent: int | None = 1) -> bytes:
    """The record as a file; numbers stay numbers, an unknown one is null beside its mark.

    Without an `indent` it is one long line, which takes a fifth of the time: for what no person reads.
    """
    table = {**record._asdict(), "figures": [_plain(one) for one in record.figures]}
    return (json.dumps(table, ensure_ascii=False, indent=indent) + "\n").encode()


def of_json(data: bytes) -> Record:
    """A record that was written before; ValueError where these bytes are none."""
    try:
        raw = json.loads(data)
        figures = tuple(Shown(**{**one, "value": _number(one["value"])}) for one in raw.pop("figures"))
        return Record(**{**raw, "lead": tuple(map(str, raw["lead"])), "figures": figures})
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(str(error)) from error


def to_csv(record: Record) -> bytes:
    """The figures as our own observation files are: `;` between columns, decimal comma, UTF-8 with a mark for Excel."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADS)
    for one in record.figures:
        row = one._asdict() | {"value": "" if one.value is None else f"{one.value:f}".replace(".", ",")}
        writer.writerow([_harmless(name, str(row[name])) for name in HEADS])
    return out.getvalue().encode("utf-8-sig")


def _shown(subject: Subject, period: Period, fact: Fact, dataset: Dataset) -> Shown:
    behind = observations(fact)
    sources = list(dict.fromkeys(one for o in behind if (one := source_of(o, dataset))))
    value = None if fact.mark and fact.mark != Mark.NIL else fact.value
    return Shown(
        subject.indicator.id or subject.indicator.name,
        subject.indicator.name,
        subject.indicator.unit,
        str(period),
        subject.area.name,
        value,
        fact.mark,
        next((str(o.status) for o in behind if o.status != "final"), "final"),
        _joined(cite(one) for one in sources),
        _joined(one.licence for one in sources),
        _joined(_addresses(sources)),
        next((o.group for o in behind), ""),
    )


def _addresses(sources: Iterable[Source]) -> Iterator[str]:
    yield from (one.address for one in sources)


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(filter(None, parts)))


def _plain(one: Shown) -> dict[str, Any]:
    value = one.value
    number = None if value is None else int(value) if value == value.to_integral_value() else float(value)
    return {**one._asdict(), "value": number}


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _harmless(name: str, text: str) -> str:
    """Text that a spreadsheet cannot take for a formula; a number or a mark stays what it is."""
    return f"'{text}" if name not in ("value", "mark") and text.startswith(FORMULA) else text
