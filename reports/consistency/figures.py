"""Do the figures agree: the sums that the data declares, and shares with the figures they are worked out from."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from reports.errors import Problem
from reports.facts import FactError, resolve
from reports.finnish import Language
from reports.model import Dataset, Observation, Sum

ABOUT = Decimal("0.1")  # how far, as a part of itself, an approximate figure (n. 22) may be from the exact one


def check_sums(dataset: Dataset, language: Language) -> list[Problem]:
    """A problem for each declared sum that its parts do not give; an acknowledged one is a known warning."""
    out: list[Problem] = []
    for declared in dataset.sums:
        out += _check(declared, dataset, language)
    return out


def _check(declared: Sum, dataset: Dataset, language: Language) -> list[Problem]:
    known: dict[str, Decimal] = {}
    problems = []
    for notation in (declared.total, *declared.parts):
        try:
            fact = resolve(notation, dataset)
        except FactError as error:
            problems.append(Problem(error.code, declared.place, {"expression": notation, **error.values}))
            continue
        if fact.value is None:
            problems.append(Problem("sum-unknown", declared.place, {"name": declared.name, "found": notation}))
        else:
            known[notation] = fact.value
    if problems:
        return problems
    total, found = known[declared.total], sum((known[part] for part in declared.parts), Decimal(0))
    if abs(total - found) <= declared.tolerance:
        return []
    decimals = max(0, *(-int(value.normalize().as_tuple().exponent) for value in known.values()))
    shown = {
        key: language.number(value, decimals)
        for key, value in (("total", total), ("found", found), ("gap", total - found))
    }
    if declared.acknowledged:
        values = {"name": declared.name, "reason": declared.acknowledged, **shown}
        return [Problem("sum-acknowledged", declared.place, values, warning=True, acknowledged=True)]
    return [Problem("sum-mismatch", declared.place, {"name": declared.name, **shown})]


def check_shares(observations: Iterable[Observation], dataset: Dataset, language: Language) -> list[Problem]:
    """An error for each of some observations that is a share which its parts do not give (see `check_share`)."""
    return [wrong for o in observations if (wrong := check_share(o, dataset, language))]


def check_share(o: Observation, dataset: Dataset, language: Language) -> Problem | None:
    """An error where an observation is a share in per cent and `part` of `whole` gives another one.

    The figures are those of the same period, area and group. The share agrees when it is nearer than half of its last
    decimal, whichever way it was rounded; where one of the three is approximate, a tenth of the share is allowed.
    Nothing is said where a figure is unknown or a range, or the whole is zero.
    """
    indicator = dataset.indicators[o.indicator]
    if not (indicator.part and indicator.whole):
        return None
    part, whole = (dataset.find(name, o.period, o.area, o.group) for name in (indicator.part, indicator.whole))
    if part is None or whole is None:
        return None
    if None in (o.value, part.value, whole.value) or any(one.upper is not None for one in (o, part, whole)):
        return None
    share, above, below = (one.value or Decimal(0) for one in (o, part, whole))
    if not below:
        return None
    right = above / below * 100
    allowed = Decimal(5).scaleb(-indicator.decimals - 1)
    if any(one.approximate for one in (o, part, whole)):
        allowed = max(allowed, right * ABOUT)
    if abs(share - right) <= allowed:
        return None
    values = {
        "name": indicator.name,
        "where": ", ".join(filter(None, (o.area, language.short(o.period), o.group))),
        "found": language.number(share, indicator.decimals, "%"),
        "wanted": language.number(right, indicator.decimals, "%"),
        "part": language.number(above, dataset.indicators[part.indicator].decimals),
        "whole": language.number(below, dataset.indicators[whole.indicator].decimals),
    }
    return Problem("share-mismatch", o.place, values)
