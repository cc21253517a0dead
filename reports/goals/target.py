"""The target language: `alle 2900`, `yli 55 %`, `km. alle 46 vk`, `kasvaa`, `1/kk` -> Target, and back."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from reports.finnish import Language
from reports.goals.target_repair import repairs
from reports.goals.target_words import Sort, Word, Words, pattern, split_words
from reports.messages import LANGUAGES, catalogue
from reports.model import Better
from reports.read.number import ReadingError, common_unit, read_number


class TargetError(ValueError):
    """A text that is no target, or that can be read in two ways.

    `code` names the sentence in the catalogue; `values` fill it (without `found`): `reading` is what was probably
    meant, in normal form, `other` the second thing that may be meant.
    """

    def __init__(self, code: str, **values: Any) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


class Kind(StrEnum):
    """What sort of a target it is."""

    LIMIT = "limit"  # alle 2900, vähintään 8, 180
    BAND = "band"  # 5–10 %
    TREND = "trend"  # kasvaa, lyhenee
    MULTIPLE = "multiple"  # kaksinkertaistuu
    FREQUENCY = "frequency"  # 1/kk, päivittäin


class Comparison(StrEnum):
    """Which side of its limit a value must be on."""

    BELOW = "<"
    AT_MOST = "<="
    POINT = "="
    AT_LEAST = ">="
    ABOVE = ">"


class Direction(StrEnum):
    """Which way a trend must go."""

    UP = "up"
    DOWN = "down"


class Target(NamedTuple):
    """A target, typed.

    `value` is the limit, the lower end of a band, the factor of a multiple or the times of a frequency; `upper` the
    upper end of a band. `comparison` is None where the author wrote a bare number (`180`): then the indicator's
    direction decides (see `aimed`). `unit` is as in indicators.yaml (`%`, `M€`, `viikkoa`), empty where none was
    written. `per` is `day`, `week`, `month` or `year`. `mean` says that the value is an average over the year (`km.`);
    `stays` that what is so now must stay so (`pysyy alle 60 %`). `direction` is a trend's or a multiple's; `word` is
    the trend's own verb, by its key in the catalogue.
    """

    kind: Kind
    comparison: Comparison | None = None
    value: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""
    per: str = ""
    mean: bool = False
    stays: bool = False
    direction: Direction | None = None
    word: str = ""


_BARE = {Better.LOWER: Comparison.AT_MOST, Better.HIGHER: Comparison.AT_LEAST}
_HOLDS: dict[Comparison, Callable[[Decimal, Decimal], bool]] = {
    Comparison.BELOW: operator.lt,
    Comparison.AT_MOST: operator.le,
    Comparison.POINT: operator.eq,
    Comparison.AT_LEAST: operator.ge,
    Comparison.ABOVE: operator.gt,
}


def parse_target(text: str) -> Target:
    """Read a target as people write it, in Finnish or English words and Finnish numbers.

    Raises TargetError with a suggestion where it is ambiguous or no target.
    """
    words = split_words(text)
    if target := _read(words):
        return target
    ours = Language(LANGUAGES[0])
    for code, readings in repairs(words):
        meant = [_read(reading) for reading in readings]
        if None not in meant:
            shown = (written(target, ours) for target in meant if target)
            raise TargetError(code, **dict(zip(("reading", "other"), shown, strict=False)))
    raise TargetError("target-unreadable")


def aimed(target: Target, better: Better) -> Target:
    """The target with its comparison decided: a bare number is a floor, a ceiling or a point by what is better.

    A bare frequency (`1/kk`) of something whose direction is open is a floor: more than promised keeps a promise.
    """
    if target.comparison or target.kind not in (Kind.LIMIT, Kind.FREQUENCY):
        return target
    open_way = Comparison.AT_LEAST if target.kind is Kind.FREQUENCY else Comparison.POINT
    return target._replace(comparison=_BARE.get(better, open_way))


def met(target: Target, value: Decimal, baseline: Decimal | None = None) -> bool | None:
    """Whether a value is on the good side of an aimed target's limit; None where that cannot be said.

    It cannot be said of a trend, of a bare number that `aimed` has not decided, and of a multiple without a baseline.
    `value` is in the target's unit; for a frequency it is times in each `per`.
    """
    match target.kind:
        case Kind.BAND if target.value is not None and target.upper is not None:
            return target.value <= value <= target.upper
        case Kind.MULTIPLE if target.value is not None and baseline is not None:
            compare = Comparison.AT_LEAST if target.direction is Direction.UP else Comparison.AT_MOST
            return _HOLDS[compare](value, target.value * baseline)
        case Kind.LIMIT | Kind.FREQUENCY if target.value is not None and target.comparison is not None:
            return _HOLDS[target.comparison](value, target.value)
    return None


def at_odds(target: Target, better: Better) -> bool:
    """Whether the target and the indicator's direction are at odds: a ceiling for something where more is better."""
    up = target.direction is Direction.UP or target.comparison in (Comparison.AT_LEAST, Comparison.ABOVE)
    down = target.direction is Direction.DOWN or target.comparison in (Comparison.AT_MOST, Comparison.BELOW)
    return (up and better is Better.LOWER) or (down and better is Better.HIGHER)


def written(target: Target, language: Language, unit: str = "", decimals: int = 0) -> str:
    """The target in normal form: `alle 2 900`, `keskimäärin alle 46 viikkoa`, `3,39 M€`, `1/kk`.

    `unit` and `decimals` are the indicator's. Its unit is printed where the target has none, or the same one spelt
    otherwise. A whole limit is printed whole (`yli 35 %`), another with its own decimals, at least `decimals` of them.
    """
    spoken = language.catalogue.part("target")
    if target.direction is not None and target.kind is Kind.TREND:
        trends: dict[str, list[str]] = spoken[target.direction]
        return trends[target.word or next(iter(trends))][0]
    value = target.value or Decimal(0)
    if target.kind is Kind.MULTIPLE:
        return str(spoken["multiple"][_plain(value)][0])
    words = [spoken["stays"][0]] if target.stays else []
    words += [spoken["mean"][0]] if target.mean else []
    words += [spoken["comparison"][target.comparison][0]] if target.comparison else []
    if target.kind is Kind.FREQUENCY:
        rhythm = spoken["every"].get(f"{_plain(value)}/{target.per}")
        number = language.number(value, _decimals(value, 0))
        words.append(rhythm[0] if rhythm else f"{number}/{spoken['per'][target.per][0]}")
    else:
        most = max(_decimals(one, decimals) for one in (value, target.upper or value))
        number = language.number(value, most, upper=target.upper)
        shown = after(number, _shown_unit(target.unit, unit)) if unit else target.unit
        words.append(language.number(value, most, shown, upper=target.upper))
    return " ".join(words)


def after(number: str, unit: str) -> str:
    """A unit as it stands after a printed number: `kerta/kk` after exactly 1."""
    if number != "1":
        return unit
    name, slash, per = unit.partition("/")
    pairs = (pair.split() for code in LANGUAGES for pair in catalogue(code).part("measures")["one"])
    return next((one for many, one in pairs if many == name), name) + slash + per


def _shown_unit(own: str, unit: str) -> str:
    return unit if not own or common_unit(own) == common_unit(unit) else own


def _plain(value: Decimal) -> str:
    """A number as the keys of the catalogue have it: `2`, `0.5`."""
    return f"{value.normalize():f}"


def _decimals(value: Decimal, least: int) -> int:
    own = len(_plain(value).partition(".")[2])
    return max(own, least) if own else 0


def _read(words: Words) -> Target | None:
    """The target that some words make, or None where they make none or more than one."""
    sorts = pattern(words)
    if len(sorts) == 1 and sorts in "TDX":
        return _way(words[0])
    if max(sorts.count(Sort.MEAN), sorts.count(Sort.STAYS)) > 1:
        return None
    said = next((word.meaning for word in words if word.sort is Sort.COMPARISON), None)
    frame = Target(
        Kind.LIMIT,
        Comparison(said) if said else None,
        mean=Sort.MEAN in sorts,
        stays=Sort.STAYS in sorts,
    )
    for shape, read in _SHAPES:
        if match := shape.fullmatch(sorts):
            groups = {name: words[slice(*match.span(name))] for name in match.groupdict()}
            return read(frame, **groups)
    return None


def _way(word: Word) -> Target:
    """A trend, or a multiple: one word says all."""
    if word.sort is Sort.MULTIPLE:
        factor = Decimal(word.meaning)
        return Target(Kind.MULTIPLE, value=factor, direction=Direction.UP if factor > 1 else Direction.DOWN)
    direction = Direction.UP if word.sort is Sort.UP else Direction.DOWN
    return Target(Kind.TREND, direction=direction, word=word.meaning)


def _limit(frame: Target, value: Words, unit: Words) -> Target | None:
    number = _number(value)
    if number is None or (number < 0 and frame.comparison is None):
        return None  # a bare -10 % may be a change
    return frame._replace(value=number, unit=_unit(unit))


def _band(frame: Target, value: Words, first: Words, upper: Words, unit: Words) -> Target | None:
    low, high = _number(value), _number(upper)
    units = {_unit(words) for words in (first, unit) if words}
    if low is None or high is None or low >= high or len(units) > 1:
        return None
    return frame._replace(kind=Kind.BAND, value=low, upper=high, unit="".join(units))


def _frequency(frame: Target, times: Words, per: Words) -> Target | None:
    number = _number(times)
    if number is None or number <= 0:
        return None
    return frame._replace(kind=Kind.FREQUENCY, value=number, per=per[0].meaning)


def _rhythm(frame: Target, every: Words) -> Target:
    times, _, per = every[0].meaning.partition("/")
    return frame._replace(kind=Kind.FREQUENCY, value=Decimal(times), per=per)


def _number(words: Words) -> Decimal | None:
    try:
        return read_number(words[0].meaning).value
    except ReadingError:
        return None


def _unit(words: Words) -> str:
    """A unit in its common spelling: `M€`, `viikkoa`, `henkilöä/kk`; an unknown one as written."""
    rhythms: dict[str, list[str]] = catalogue(LANGUAGES[0]).part("target")["per"]
    unit = ""
    for word in words:
        if word.sort is Sort.PER:
            unit = f"{unit.removesuffix('/')}/{rhythms[word.meaning][0]}"
        elif word.sort is Sort.SLASH or unit.endswith("/"):
            unit += word.text
        else:
            unit = f"{unit} {word.meaning}".lstrip()
    return unit


# The orders in which the words of a target may stand, by the letters of their sorts (target_words.Sort).
_HEAD = "[SM]*C?M?"
_UNIT = "(?P<unit>(?:(?:W{1,2}U?|U)(?:/?P|/[UW])?)?)M?"
_SHAPES: tuple[tuple[re.Pattern[str], Callable[..., Target | None]], ...] = (
    (re.compile(f"{_HEAD}(?P<every>E)M?"), _rhythm),
    (re.compile(f"{_HEAD}(?P<times>NG?|K)/?(?P<per>P)M?"), _frequency),
    (re.compile(f"{_HEAD}(?P<value>N){_UNIT}"), _limit),
    (re.compile(f"[SM]*(?P<value>N)(?P<first>U?)-(?P<upper>N){_UNIT}"), _band),
)
