"""Two lists -> which entry of one is which of the other: by what they share, then by being much alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple, TypeVar

from reports.errors import LIKENESS, LONGEST

T = TypeVar("T")
NEIGHBOURS = 20  # entries of the other list, nearest by position, that one may be alike


class Pair(NamedTuple):
    """The places of an entry in the older and in the newer list; None where that list has it not."""

    old: int | None
    new: int | None


def pairs(
    old: Sequence[T],
    new: Sequence[T],
    marks: Sequence[Callable[[T], Iterable[str]]],
    words: Callable[[T], str] | None = None,
) -> list[Pair]:
    """Every entry of both lists, in the order of the newer one, those that only the older one has at the end.

    Each of the `marks` in turn gives what an entry may share with its counterpart; the earlier of several goes first.
    Of those left over, entries whose `words`, where they are given, are much alike are the same.

    >>> pairs(["a", "long words", "c"], ["c", "long word", "d"], [lambda one: [one]], str)
    [Pair(old=2, new=0), Pair(old=1, new=1), Pair(old=None, new=2), Pair(old=0, new=None)]
    """
    mates: dict[int, int] = {}
    free = dict.fromkeys(range(len(old)))
    for mark in marks:
        _by_mark(old, new, mark, mates, free)
    if words:
        _by_words([words(one) for one in old], [words(one) for one in new], mates, free)
    return [*(Pair(mates.get(at), at) for at in range(len(new))), *(Pair(place, None) for place in free)]


def reordered(found: Iterable[Pair]) -> bool:
    """Whether entries that both lists have stand in another order."""
    places = [pair.old for pair in found if pair.old is not None and pair.new is not None]
    return places != sorted(places)


def _by_mark(
    old: Sequence[T],
    new: Sequence[T],
    mark: Callable[[T], Iterable[str]],
    mates: dict[int, int],
    free: dict[int, None],
) -> None:
    holders: dict[str, list[int]] = {}
    for place in free:
        for one in mark(old[place]):
            holders.setdefault(one, []).append(place)
    for at in (at for at in range(len(new)) if at not in mates):
        shared = (place for one in mark(new[at]) for place in holders.get(one, ()) if place in free)
        if (found := next(shared, None)) is not None:
            mates[at] = found
            del free[found]


def _by_words(old: Sequence[str], new: Sequence[str], mates: dict[int, int], free: dict[int, None]) -> None:
    for at in (at for at in range(len(new)) if at not in mates):
        near = sorted(free, key=lambda place: (abs(place - at), place))[:NEIGHBOURS]
        best, place = max(((_likeness(old[place], new[at]), -place) for place in near), default=(0.0, 0))
        if best >= LIKENESS:
            mates[at] = -place
            del free[-place]


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one[:LONGEST], other[:LONGEST], autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= LIKENESS else 0.0
