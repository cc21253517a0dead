"""What was hidden from the public and why, as rows for the staff."""

from __future__ import annotations

from collections.abc import Iterable

from reports.disclosure.protect import Hidden
from reports.finnish import Language
from reports.model import Dataset, Key

HEADS = ("indicator", "period", "area", "group", "why", "total", "protects")


def staff_report(hidden: Iterable[Hidden], dataset: Dataset, language: Language) -> list[tuple[str, ...]]:
    """A row of headings, then a row for each hidden figure: which it is, why, and what it protects.

    For staff only: it names the figures that are small, though not how small they are.
    """
    say = language.catalogue.say

    def named(key: Key | None) -> tuple[str, str, str, str]:
        if key is None:
            return "", "", "", ""
        indicator, period, area, group = key
        of = dataset.indicators.get(indicator)
        return of.name if of else indicator, language.short(period), area, group

    def line(key: Key | None) -> str:
        return ", ".join(part for part in named(key) if part)

    heads = tuple(say(f"disclosure.head.{head}") for head in HEADS)
    rows = ((*named(one.key), say(f"disclosure.why.{one.why}"), line(one.total), line(one.protects)) for one in hidden)
    return [heads, *rows]
