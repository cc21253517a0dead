"""A measure of a plan in words: its name, its target, the figures it starts from."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from reports.document import NBSP
from reports.finnish import Language
from reports.goals.amounts import places
from reports.goals.target import Kind, Target, after, parse_target, written
from reports.goals.yardstick import converted, ends, per_of
from reports.model import Dataset, Indicator, Mark, Observation, Status
from reports.plan.model import Measure

if TYPE_CHECKING:
    from reports.goals.standing import Followed


def name_of(measure: Measure, dataset: Dataset) -> str:
    """What a measure is called: the plan's own name, else the catalogue's; its words where nothing is counted."""
    if measure.text:
        return measure.text
    named = measure.name or dataset.indicators[measure.indicator].name
    return f"{named}, {measure.group}" if measure.group else named


def target_of(measure: Measure) -> Target | None:
    """The typed target, or None where the plan gives none. Raises TargetError as `parse_target`."""
    return parse_target(measure.target) if measure.target else None


def target_text(
    measure: Measure, dataset: Dataset, language: Language, target: Target | None = None, unit: bool = True
) -> str:
    """The target in normal form, in the unit and precision of its indicator; empty where there is none.

    Without `unit` a unit that is a word is left out: `alle 2 900`.
    """
    target = target or target_of(measure)
    if target is None:
        return ""
    indicator = dataset.indicators.get(measure.indicator)
    if indicator is None:
        return written(target, language)
    if not unit and not indicator.symbol:
        return written(target._replace(unit=""), language, "", indicator.decimals)
    return written(target, language, indicator.unit, indicator.decimals)


def value_text(o: Observation | None, indicator: Indicator, language: Language, unit: bool = True) -> str:
    """A figure with its unit: `2 621 henkilöä`, `noin 22 %`, `1–76 henkilöä/kk`; its mark where it is unknown.

    An example figure says that it is one.
    """
    if o is None or o.value is None or o.mark:
        return str((o.mark if o else None) or Mark.UNAVAILABLE)
    hedge = f"{language.catalogue.part('facts')['hedges'][0]} " if o.approximate else ""
    # How often something was is seldom a whole number: half a time a day is not once a day.
    often = per_of(indicator.unit) and not indicator.symbol
    decimals = max(indicator.decimals, *map(places, ends(o))) if often else indicator.decimals
    number = language.number(o.value, decimals, indicator.symbol, upper=o.upper)
    word = f"{NBSP}{after(number, indicator.unit)}" if unit and not indicator.symbol else ""
    example = f" ({language.catalogue.say('status.example')})" if o.status is Status.EXAMPLE else ""
    return f"{hedge}{number}{word}{example}"


def baseline_text(found: Iterable[Observation], dataset: Dataset, language: Language) -> str:
    """The figures a measure starts from: `11/2022: 53 %, 1 395 henkilöä`, `12/2022, Salo: 42 vkoa`; empty for none.

    The area is named where it is not the usual one. A share brings along the number of persons it is the share of.
    """
    return "; ".join(_started(o, dataset, language) for o in found)


def _started(o: Observation, dataset: Dataset, language: Language) -> str:
    indicator = dataset.indicators[o.indicator]
    where = "" if o.area == dataset.setup.scope else f", {o.area}"
    values = [value_text(o, indicator, language)]
    part = dataset.find(indicator.part, o.period, o.area, o.group) if indicator.part else None
    if part is not None:
        values.append(value_text(part, dataset.indicators[part.indicator], language))
    return f"{language.short(o.period)}{where}: {', '.join(values)}"


def limit_of(one: Followed) -> Decimal | None:
    """The limit of a target that is one number, in its indicator's unit; None of all other targets."""
    if one.target is None or one.indicator is None or one.target.kind is not Kind.LIMIT:
        return None
    target = converted(one.target, one.indicator.unit)
    return target.value if target else None
