"""Targets of every kind for property tests, and tables of cases."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from reports.goals.target import Comparison, Direction, Kind, Target
from reports.messages import catalogue


def table(text: str) -> list[list[str]]:
    """The cells of a table of cases."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def plain(text: str) -> str:
    """With ordinary spaces, as the cases are written."""
    return text.replace("\u00a0", " ")


NUMBERS = st.decimals(-(10**9), 10**9, places=2) | st.integers(0, 5000).map(Decimal)
UNITS = st.sampled_from(["", *"% € M€ viikkoa henkilöä asiakasta %-yks. €/kk yritystä".split(), "uutta yritystä"])
PERS = st.sampled_from("day week month year".split())
TIMES = st.integers(1, 400).map(Decimal) | st.decimals("0.1", 30, places=1)


def targets(kind: Kind, **parts: Any) -> st.SearchStrategy[Target]:
    """Targets of a kind that may be an average and may be one to keep."""
    parts |= {"mean": st.booleans(), "stays": st.booleans()}
    return st.fixed_dictionaries(parts).map(lambda drawn: Target(kind, **drawn))


def multiple(factor: str) -> Target:
    value = Decimal(factor)
    return Target(Kind.MULTIPLE, value=value, direction=Direction.UP if value > 1 else Direction.DOWN)


def has_ends(band: Target) -> bool:
    return band.value is not None and band.upper is not None and band.value < band.upper


ANY = st.sampled_from(Comparison)
LIMITS = targets(Kind.LIMIT, comparison=ANY, value=NUMBERS, unit=UNITS) | targets(
    Kind.LIMIT, comparison=st.none(), value=NUMBERS.map(abs), unit=UNITS
)
BANDS = targets(Kind.BAND, value=NUMBERS, upper=NUMBERS.map(abs), unit=UNITS).filter(has_ends)
RHYTHMS = targets(Kind.FREQUENCY, comparison=st.none() | ANY, value=TIMES, per=PERS)
SPOKEN = catalogue("fi").part("target")
TRENDS = [Target(Kind.TREND, direction=way, word=word) for way in Direction for word in SPOKEN[way]]
WAYS = st.sampled_from([*TRENDS, *map(multiple, SPOKEN["multiple"])])
TARGETS = LIMITS | BANDS | WAYS | RHYTHMS
