"""How numbers are rounded, and written in a language: decimal mark, thousands, minus."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

MILLION = Decimal(1_000_000)


class Notation(NamedTuple):
    """The marks of a language; the default is Finnish: `2 608`, `94,6`, `−33`, spaces not breaking."""

    decimal: str = ","
    thousands: str = "\u00a0"
    minus: str = "\u2212"
    percent: str = "\u00a0%"

    def number(self, value: Decimal, decimals: int = 0, plus: bool = False) -> str:
        """`value` with a fixed number of decimals, halves rounded away from zero; `plus` writes the sign of a rise."""
        shown = rounded(value, decimals)
        whole, _, part = f"{abs(shown):,f}".partition(".")
        sign = self.minus if shown < 0 else "+" if plus and shown > 0 else ""
        return sign + whole.replace(",", self.thousands) + (self.decimal + part if part else "")


def rounded(value: Decimal, decimals: int) -> Decimal:
    """`value` with a fixed number of decimals, halves away from zero as people round; never a negative zero."""
    return abs(shown) if (shown := value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)) == 0 else shown
