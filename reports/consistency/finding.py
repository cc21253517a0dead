"""What a check of consistency finds -> Problem: a warning, or a known one where the data itself gives the reason."""

from __future__ import annotations

from reports.errors import Place, Problem


def finding(code: str, place: Place, reason: str = "", **values: str) -> Problem:
    """A warning at a place; the keywords fill the catalogue's sentence.

    With a `reason` it is acknowledged, and has the sentence of `CODE-acknowledged`, which ends in the reason.
    """
    if reason:
        values["reason"] = reason.rstrip(".") + "."
        return Problem(f"{code}-acknowledged", place, dict(values), warning=True, acknowledged=True)
    return Problem(code, place, dict(values), warning=True)
