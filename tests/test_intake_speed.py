"""A large table comes in within three times what pandas takes; a report does not pay for areas it is not about."""

from __future__ import annotations

import os
from pathlib import Path
from statistics import median

import pytest

from benchmarks.imports import ALL, AREAS, IMPORT, MONTHS, OWN, PANDAS, made_up, measured

ROUNDS = 4


def test_the_made_up_table_is_as_large_as_the_real_one(tmp_path: Path) -> None:
    text = made_up(tmp_path / "table.csv").read_text(encoding="utf-8")
    assert text.count("\n") == 1 + AREAS * MONTHS == 1 + 88_596
    assert text.count("...") > 9_000


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "wait4"), reason="needs a system that tells what a process has used")
def test_a_large_table_costs_what_it_may(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By processor time: what else runs here does not count. `make bench` measures by the clock as well."""
    runs = measured(tmp_path, ROUNDS)

    def times(ours: str, others: str) -> float:
        return median(one.busy / other.busy for one, other in zip(runs[ours], runs[others], strict=True))

    memory = max(one.megabytes for one in runs[IMPORT])
    imported, reported = times(IMPORT, PANDAS), times(ALL, OWN)
    with capsys.disabled():
        print(f"\n{IMPORT}: {imported:.2f} x pandas, {memory:.0f} MB; {ALL}: {reported:.2f} x its own")  # noqa: T201
    assert imported <= 3.0
    assert memory <= 300
    assert reported <= 1.2
