"""Do the figures agree: the sums that the data declares."""

from __future__ import annotations

from decimal import Decimal

from reports.errors import Problem
from reports.facts import FactError, resolve
from reports.finnish import Language
from reports.model import Dataset, Sum


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
