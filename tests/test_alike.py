"""Two lists side by side: which entry of one is which of the other."""

from __future__ import annotations

from reports.plan.alike import pairs, reordered


def test_equal_entries_are_paired_first_then_alike_ones() -> None:
    old, new = ["alku", "keskiosa on tässä", "loppu"], ["loppu", "keskiosa on tuossa", "uusi", "alku"]
    made = pairs(old, new, [lambda one: [one]], str)
    assert made == [(2, 0), (1, 1), (None, 2), (0, 3)]
    assert reordered(made)
    assert not reordered([made[2], made[3]])


def test_every_entry_is_in_exactly_one_pair() -> None:
    old, new = ["a", "a", "b", "c"], ["a", "c", "c", "d"]
    made = pairs(old, new, [lambda one: [one]])
    assert sorted(pair.old for pair in made if pair.old is not None) == [0, 1, 2, 3]
    assert [pair.new for pair in made if pair.new is not None] == [0, 1, 2, 3]
