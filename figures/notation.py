"""How numbers are written in a language: decimal mark, thousands, minus."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Notation:
    """The marks of a language; the default is Finnish: `2 608`, `94,6`, `−33`, spaces not breaking."""

    decimal: str = ","
    thousands: str = "\u00a0"
    minus: str = "\u2212"
    percent: str = "\u00a0%"

    def number(self, value: Decimal, decimals: int = 0, plus: bool = False) -> str:
        """`value` with a fixed number of decimals, halves rounded away from zero; `plus` writes the sign of a rise."""
        rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
        whole, _, part = f"{abs(rounded):,f}".partition(".")
        sign = self.minus if rounded < 0 else "+" if plus and rounded > 0 else ""
        return sign + whole.replace(",", self.thousands) + (self.decimal + part if part else "")
