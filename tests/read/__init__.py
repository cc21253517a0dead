"""Cases of the readers, as files a person can read; `blocks` gives them to tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest


def blocks(name: str) -> list[object]:
    """The cases of a file: title, a line with a point, input, a line with a point, expected; an empty line between."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8").rstrip("\n")
    out: list[object] = []
    for block in text.split("\n\n"):
        title, given, wanted = block.split("\n.\n")
        spelt = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), given)
        out.append(pytest.param(spelt, wanted, id=title))
    assert len(out) > 10, f"{name} has lost its cases"
    return out
