"""What the numbers say: the fact notation, and change, share, ratio as pure functions. Every fact knows its origins."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from figures.notation import MILLION
from reports import errors
from reports.messages import LANGUAGES, catalogue
from reports.model import Dataset, Indicator, NamedDate, Observation, Status
from reports.period import Period, PeriodError


class FactError(ValueError):
    """A fact that cannot be given; `code` names the sentence in the catalogue."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


class Fact(NamedTuple):
    """A number or a date that a report may print.

    `value` is None for a date and for an unknown number (then `mark` is its sign). `unit` is the symbol printed after
    it (`%`, `€`, `points`) or nothing. `origins` are the observations and dates it was made of; `how` names the
    operation that made it (`share`, `lowest` ...), empty for a figure as it was read. A range has its upper end in
    `upper`, and can be printed but not worked with.
    """

    value: Decimal | None
    period: Period
    area: str = ""
    unit: str = ""
    decimals: int = 0
    mark: str = ""
    approximate: bool = False
    origins: tuple[Observation | NamedDate, ...] = ()
    how: str = ""
    signed: bool = False
    upper: Decimal | None = None

    @property
    def is_date(self) -> bool:
        """Whether it prints as a date."""
        return len(self.origins) == 1 and isinstance(self.origins[0], NamedDate)

    @property
    def is_example(self) -> bool:
        """Whether any of its origins is an example figure."""
        return any(origin.status is Status.EXAMPLE for origin in self.origins)


class Reference(NamedTuple):
    """A reading of the fact notation: `lowest tyottomat 2021 Salo / naiset`."""

    indicator: str
    period: Period
    area: str
    group: str = ""
    function: str = ""


@cache
def words(table: str) -> dict[str, str]:
    """The words of the notation (`words`) or the filters (`filters`) of all languages, with what they mean."""
    return {word: name for code in LANGUAGES for word, name in catalogue(code).part(f"facts.{table}").items()}


def parse(notation: str, dataset: Dataset) -> Reference | NamedDate:
    """Read `INDICATOR PERIOD [AREA] [/ GROUP]` with a function before it, or the name of a date.

    Raises FactError: fact-syntax, fact-period, unknown-date, unknown-indicator, unknown-area, unknown-group; each with
    what was found and the nearest name there is.
    """
    text, _, group = (part.strip() for part in notation.partition(" / "))
    first, _, rest = text.partition(" ")
    function = words("words").get(first, "")
    if function == "date" and rest.strip():
        return _date(rest.strip(), dataset)
    if function:
        text = rest.strip()
    match = re.fullmatch(r"(\S+)\s+(\S+)(?:\s+(.+))?", text)
    if not match:
        raise FactError("fact-syntax", found=notation)
    name, when, where = match.groups()
    if name not in dataset.indicators:
        raise FactError("unknown-indicator", found=name, nearest=nearest(name, dataset.indicators))
    try:
        period = Period.of(when)
    except PeriodError:
        raise FactError("fact-period", found=when) from None
    area = dataset.area(where or dataset.setup.scope)
    if area is None:
        names = [one.name for one in dataset.setup.areas]
        raise FactError("unknown-area", found=where, nearest=nearest(where or "", names))
    groups = dataset.indicators[name].groups
    if group and group not in groups:
        raise FactError("unknown-group", found=group, nearest=nearest(group, groups), indicator=name)
    return Reference(name, period, area.name, group, function)


def resolve(notation: str, dataset: Dataset) -> Fact:
    """The fact of a notation; raises FactError as `parse`, and fact-missing where there is no such observation."""
    found = parse(notation, dataset)
    if isinstance(found, NamedDate):
        return Fact(None, found.period, origins=(found,))
    indicator = dataset.indicators[found.indicator]
    if found.function:
        return _over_months(found, indicator, dataset)
    observation = dataset.find(found.indicator, found.period, found.area, found.group)
    if observation is None:
        raise FactError("fact-missing", found=notation, have=_periods(found, dataset))
    return of(observation, indicator)


def of(observation: Observation, indicator: Indicator) -> Fact:
    """An observation as a fact in its indicator's unit and precision."""
    return Fact(
        observation.value,
        observation.period,
        observation.area,
        indicator.symbol,
        indicator.decimals,
        str(observation.mark or ""),
        observation.approximate,
        (observation,),
        upper=observation.upper,
    )


def series(reference: Reference, dataset: Dataset) -> list[tuple[Period, Observation | None]]:
    """The months of a reference's period in order, each with its observation or None."""
    months = reference.period.months()
    return [(m, dataset.find(reference.indicator, m, reference.area, reference.group)) for m in months]


def share(part: Fact, whole: Fact, decimals: int = 1) -> Fact:
    """`part` of `whole` in per cent; both in the same unit."""
    _alike(part, whole)
    a, b = _pair(part, whole, "share")
    return _made(part, whole, a / b * 100, "share", unit="%", decimals=decimals)


def change(now: Fact, then: Fact) -> Fact:
    """`now` less `then` with its sign; the change of a rate is in percentage points."""
    _alike(now, then)
    a, b = _values(now, then)
    unit = "points" if now.unit == "%" else now.unit
    return _made(now, then, a - b, "change", unit=unit, decimals=max(now.decimals, then.decimals), signed=True)


def change_percent(now: Fact, then: Fact, decimals: int = 1) -> Fact:
    """The change from `then` to `now` in per cent of the size of `then`, with its sign: a rise is never negative."""
    _alike(now, then)
    a, b = _pair(now, then, "change_percent")
    return _made(now, then, (a - b) / abs(b) * 100, "change_percent", unit="%", decimals=decimals, signed=True)


def difference(now: Fact, then: Fact) -> Fact:
    """The size of `change`, without a sign."""
    return _unsigned(change(now, then), "difference")


def difference_percent(now: Fact, then: Fact, decimals: int = 1) -> Fact:
    """The size of `change_percent`, without a sign."""
    return _unsigned(change_percent(now, then, decimals), "difference_percent")


def ratio(upper: Fact, lower: Fact, decimals: int = 0) -> Fact:
    """`upper` divided by `lower`: customers a coach, euros a resident. The only one that takes two different units."""
    if {upper.unit, lower.unit} == {"€", "M€"}:
        raise FactError("fact-unit", found=upper.unit, wanted=lower.unit)
    a, b = _pair(upper, lower, "ratio")
    return _made(upper, lower, a / b, "ratio", unit="", decimals=decimals)


def plus(a: Fact, b: Fact) -> Fact:
    """The sum of two facts of the same unit."""
    _alike(a, b)
    first, second = _values(a, b)
    return _made(a, b, first + second, "plus", unit=a.unit, decimals=max(a.decimals, b.decimals))


def minus(a: Fact, b: Fact) -> Fact:
    """The difference of two facts of the same unit, without a plus sign."""
    _alike(a, b)
    first, second = _values(a, b)
    return _made(a, b, first - second, "minus", unit=a.unit, decimals=max(a.decimals, b.decimals))


def millions(fact: Fact, decimals: int = 1) -> Fact:
    """Euros in millions of euros; what is in millions already stays."""
    if fact.unit == "M€" or fact.value is None:
        return fact._replace(decimals=decimals)
    if fact.unit != "€":
        raise FactError("fact-unit", found=fact.unit or "-", wanted="€")
    return fact._replace(value=fact.value / MILLION, unit="M€", decimals=decimals)


def precision(fact: Fact, decimals: int) -> Fact:
    """The fact with another number of decimals."""
    return fact._replace(decimals=decimals)


def nearest(word: str, names: Iterable[str]) -> str:
    """The name most like `word`, for a message; `-` where none is near."""
    return errors.nearest(word, names) or "-"


def _periods(found: Reference, dataset: Dataset) -> str:
    """The periods an indicator is known for in an area, and its groups where it is known by group only."""
    rows = [o for o in dataset.observations.values() if (o.indicator, o.area) == (found.indicator, found.area)]
    plain = [o for o in rows if not o.group]
    known = [str(o.period) for o in plain] if plain else [f"{o.period} {o.area} / {o.group}" for o in rows]
    return ", ".join(sorted(set(known))) or "-"


def _date(name: str, dataset: Dataset) -> NamedDate:
    if name not in dataset.dates:
        raise FactError("unknown-date", found=name, nearest=nearest(name, dataset.dates))
    return dataset.dates[name]


def _over_months(reference: Reference, indicator: Indicator, dataset: Dataset) -> Fact:
    found = [o for _, o in series(reference, dataset) if o is not None]
    known = [(o.value, o) for o in found if o.value is not None]
    if not known or len(known) < len(list(reference.period.months())):
        raise FactError("fact-months", found=reference.indicator, period=str(reference.period), have=len(known))
    if any(o.upper is not None for o in found):
        raise FactError("fact-range")
    base = of(known[0][1], indicator)
    everything = tuple(o for _, o in known)
    match reference.function:
        case "lowest":
            return of(min(known, key=lambda pair: pair[0])[1], indicator)._replace(how="lowest")
        case "highest":
            return of(max(known, key=lambda pair: pair[0])[1], indicator)._replace(how="highest")
    total = sum((value for value, _ in known), Decimal(0))
    value = total / len(known) if reference.function == "mean" else total
    decimals = indicator.decimals + 1 if reference.function == "mean" else indicator.decimals
    return base._replace(
        value=value,
        period=reference.period,
        decimals=decimals,
        how=reference.function,
        origins=everything,
        approximate=any(o.approximate for o in everything),
        mark="",
    )


def _alike(a: Fact, b: Fact) -> None:
    """Two facts of one unit; words such as `HTV` are no symbols and are left to the author."""
    if a.unit != b.unit and not (a.is_date or b.is_date):
        raise FactError("fact-unit", found=a.unit or "-", wanted=b.unit or "-")


def _values(a: Fact, b: Fact) -> tuple[Decimal, Decimal]:
    if a.value is None or b.value is None:
        raise FactError("fact-unknown", found=a.mark or b.mark or "-")
    if a.upper is not None or b.upper is not None:
        raise FactError("fact-range")
    return a.value, b.value


def _pair(a: Fact, b: Fact, how: str) -> tuple[Decimal, Decimal]:
    first, second = _values(a, b)
    if second == 0:
        raise FactError("fact-zero", found=how)
    return first, second


def _made(a: Fact, b: Fact, value: Decimal, how: str, **changes: Any) -> Fact:
    return a._replace(
        value=value,
        origins=a.origins + b.origins,
        how=how,
        mark="",
        approximate=a.approximate or b.approximate,
        **{"signed": False, **changes},
    )


def _unsigned(fact: Fact, how: str) -> Fact:
    return fact._replace(value=abs(fact.value or Decimal(0)), how=how, signed=False)
