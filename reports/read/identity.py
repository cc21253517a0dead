"""Finds personal identity codes, so that nothing that identifies a person gets into a report."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Day, month, year; the sign of the century (since 2023 several letters for each); individual number; check character.
# Digital and Population Data Services Agency, personal identity code.
CODE = re.compile(r"(?<![\w-])(\d{2})(\d{2})(\d{2})[-+A-FU-Y](\d{3})([0-9A-Z])(?!\w)", re.IGNORECASE)
CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def identity_codes(text: str) -> Iterator[int]:
    """Where in a text personal identity codes begin: those whose date can be and whose check character is right."""
    for match in CODE.finditer(text):
        day, month, year, number, check = match.groups()
        possible = 1 <= int(day) <= 31 and 1 <= int(month) <= 12
        if possible and CHECK[int(day + month + year + number) % len(CHECK)] == check.upper():
            yield match.start()
