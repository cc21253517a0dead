"""Where a measure stands against its target, and the sentence that says why; the method is docs/maths.md."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from reports.finnish import Language
from reports.goals.amounts import Amounts, agreeing, hedged, places, timed
from reports.goals.target import Comparison, Kind, Target
from reports.goals.yardstick import age, converted, ends
from reports.model import Indicator, Observation
from reports.period import Period
from reports.plan.model import Override, PlacedMeasure


class Standing(StrEnum):
    """What can be said of a measure; its name in the catalogue is `standing.` and the value."""

    AT_LEVEL = "at-level"
    REACHED = "reached"
    NEAR = "near"
    NOT_YET = "not-yet"
    MISSED = "missed"
    RIGHT_WAY = "right-way"
    WRONG_WAY = "wrong-way"
    UNCHANGED = "unchanged"
    NO_DATA = "no-data"
    QUALITATIVE = "qualitative"
    NO_TARGET = "no-target"


SHORT = (Standing.NEAR, Standing.NOT_YET, Standing.MISSED)


class Case(NamedTuple):
    """What is judged: an aimed target, its indicator, the figure it starts from, the figure of now, and the time.

    `at` is the time of the judgement, `due` when the target is due. Any of the first four may be lacking.
    """

    target: Target | None
    indicator: Indicator | None
    start: Observation | None
    now: Observation | None
    at: Period
    due: Period

    @property
    def is_due(self) -> bool:
        """Whether the target is due, so that it is the outcome that is judged."""
        return self.at.last >= self.due.last

    @property
    def moment(self) -> Period:
        """The time whose figure counts: `at`, or `due` where that has passed. What comes later changes no outcome."""
        return self.due if self.is_due else self.at


class Judged(NamedTuple):
    """A judgement and the numbers behind it, in the indicator's unit (of a frequency the times in each `per`).

    `why` names the sentence in the catalogue. `value` is the number that was judged, of a range its worse end; `limit`
    the end of the good side that decides. `barely` is met, but no farther from the limit than what counts as near it.
    `maintain` was met at the baseline already. `headroom` is the distance to the limit on the good side, negative where
    so much is missing; of a rate in percentage points. `pace` is the change needed each month until the target is due,
    `months` how many whole months that is (in the last one the pace is all that is missing). `old` says that the latest
    figure is too old to judge by.
    """

    standing: Standing
    why: str
    value: Decimal | None = None
    limit: Decimal | None = None
    headroom: Decimal | None = None
    barely: bool = False
    maintain: bool = False
    pace: Decimal | None = None
    months: int = 0
    old: bool = False

    @property
    def gap(self) -> Decimal | None:
        """How much is missing, in per cent of the limit; None where nothing is, or where it cannot be said."""
        if not self.limit or self.headroom is None or self.standing not in SHORT:
            return None
        return -self.headroom / abs(self.limit) * 100


class Followed(NamedTuple):
    """A measure of a plan, the figures it starts from (oldest first), its case and the judgement.

    `override` is a person's own judgement, shown beside the computed one.
    """

    placed: PlacedMeasure
    baseline: tuple[Observation, ...]
    case: Case
    judged: Judged
    override: Override | None = None

    @property
    def indicator(self) -> Indicator | None:
        """What is measured; None where nothing is counted."""
        return self.case.indicator

    @property
    def target(self) -> Target | None:
        """The target with its comparison decided; None where the plan gives none."""
        return self.case.target

    @property
    def now(self) -> Observation | None:
        """The figure that is judged."""
        return self.case.now

    @property
    def decimals(self) -> int:
        """How many decimals the limit is written with: the indicator's, or more where the author wrote more."""
        own = places(self.judged.limit) if self.judged.limit is not None else 0
        return max(self.indicator.decimals if self.indicator else 0, own)


def reason(one: Followed, language: Language) -> str:
    """The sentence that says why a measure stands where it does: `Luku on 2 621 eli 279 henkilöä alle rajan 2 900.`"""
    values: dict[str, str] = {}
    more: list[str] = []
    if latest := one.now or one.case.start:
        values["when"] = timed("of", latest.period, language)
    if one.indicator:
        amounts = Amounts(language, one.indicator, one.target.per if one.target else "")
        values |= {"unit": one.indicator.unit, **_compared(one, amounts)}
        more += _more(one, amounts)
    main = language.catalogue.say(f"standing.reason.{one.judged.why}", **values)
    return f"{'; '.join([main, *more])}."


def _compared(one: Followed, amounts: Amounts) -> dict[str, str]:
    """The numbers that were compared, where the judgement rests on such."""
    value, limit, now, start = one.judged.value, one.judged.limit, one.now, one.case.start
    if value is None or now is None:
        return {}
    if limit is not None:
        return _held_against(one, now, value, limit, amounts)
    return _moved(start, now, one.decimals, amounts) if start else {}


def _held_against(one: Followed, now: Observation, value: Decimal, limit: Decimal, amounts: Amounts) -> dict[str, str]:
    """A value, its distance from the limit, and the limit."""
    say, language = amounts.language.catalogue.say, amounts.language
    # A frequency is worked out from how often there was something, so it is seldom a whole number.
    least = 1 if amounts.per and value != value.to_integral_value() else 0
    decimals = agreeing(max(least, one.decimals), value, limit)
    earlier = age(now.period, one.case.moment)
    shown = hedged(amounts.number(value, decimals), now.approximate, language)
    if now.upper is not None and not amounts.per:
        shown = say("standing.part.worst", range=amounts.figure(now, decimals), value=amounts.number(value, decimals))
    distance = amounts.distance("gap", abs(value - limit), decimals)
    return {
        "what": say(f"standing.part.{'latest' if earlier else 'figure'}", when=timed("of", now.period, language)),
        "value": shown,
        "gap": hedged(distance, now.approximate, language),
        "limit": _limit(one, limit, amounts),
    }


def _limit(one: Followed, limit: Decimal, amounts: Amounts) -> str:
    """`rajan 2 900`, `tavoitteen 180` of a point, `5–10 %` of a kept band; of a multiple how it is worked out."""
    say, target, number = amounts.language.catalogue.say, one.target, amounts.number(limit, places(limit))
    if target is None or target.value is None:
        return number
    match converted(target, amounts.indicator.unit):
        case Target(value=Decimal() as low, upper=Decimal() as high) if one.judged.why == "inside":
            return amounts.number(low, one.decimals, high)
    if target.kind is Kind.MULTIPLE:
        start = ends(one.case.start)[-1]
        factor = amounts.language.number(target.value, places(target.value))
        return say(
            "standing.part.multiple", number=number, factor=factor, baseline=amounts.number(start, places(start))
        )
    return say("standing.part.aim" if target.comparison is Comparison.POINT else "standing.part.limit", number=number)


def _moved(start: Observation, now: Observation, decimals: int, amounts: Amounts) -> dict[str, str]:
    """The figures that a trend goes from and to."""
    decimals = agreeing(decimals, ends(now)[-1], ends(start)[-1])
    what = "figure" if start.upper is None and now.upper is None else "range"
    return {
        "what": amounts.language.catalogue.say(f"standing.part.{what}"),
        "start": amounts.figure(start, decimals),
        "now": amounts.figure(now, decimals),
    }


def _more(one: Followed, amounts: Amounts) -> Iterator[str]:
    """What else there is to say: barely met, to be kept, met at the baseline but not now, the pace that is needed."""
    judged, language, say = one.judged, amounts.language, amounts.language.catalogue.say
    if judged.barely and judged.headroom:
        yield say("standing.more.barely")
    if judged.maintain and judged.standing is Standing.AT_LEVEL:
        yield say("standing.more.keep")
    if judged.maintain and judged.standing in SHORT:
        yield say("standing.more.lost")
    if judged.pace:
        way = "rise" if judged.pace > 0 else "fall"
        pace = amounts.distance("pace", abs(judged.pace), places(judged.pace))
        until = timed("until", one.case.due, language)
        yield say(f"standing.more.{way}{'' if judged.months > 1 else '-last'}", pace=pace, until=until)
