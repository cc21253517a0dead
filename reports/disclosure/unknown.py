"""Supposes numbers for small counts that the source hides from us too: any that fit the figures serve as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reports.disclosure.counts import Cells, Number
from reports.disclosure.relations import Relations

TRIES = 300  # a set of counts that nothing fits by then is left unknown


def settle(cells: Cells, relations: Relations, small: Iterable[int]) -> None:
    """Give numbers to the small counts that are not known, and to all unknown ones that they belong together with.

    What a reader can work out depends on what is shown alone, so that one set of numbers that fits is as good as
    another. Those that nothing fits stay unknown, and more is hidden for them.
    """
    for cell in small:
        if cells.value[cell] is None:
            _fitting(_together(cell, cells, relations), cells, relations, [TRIES])


def _together(cell: int, cells: Cells, relations: Relations) -> list[int]:
    """The unknown counts that are in one sum with a cell, or with one that is."""
    found = [cell]
    for one in found:
        for number, _ in relations.of(one):
            found += [other for other in relations.left(number)[1] if other not in found and not cells.fixed[other]]
    return found


def _fitting(unknown: Sequence[int], cells: Cells, relations: Relations, tries: list[int]) -> bool:
    """Whether numbers are found that fit; they are taken then."""
    cell = next((one for one in unknown if cells.value[one] is None), None)
    if cell is None:
        return True
    for guess in dict.fromkeys(_guesses(cell, relations)):
        tries[0] -= 1
        filled = relations.suppose(cell, guess) if tries[0] >= 0 else None
        if filled is not None:
            if _fitting(unknown, cells, relations, tries):
                return True
            relations.forget(filled)
    return False


def _guesses(cell: int, relations: Relations) -> Iterator[Number]:
    """What an unknown count may be: what its share tells, an even part of what is left of its sums, a small number."""
    told = relations.cells.told_by_share.get(cell)
    if told:
        yield from (sum(told) // 2, *told)
    for number, _ in relations.of(cell):
        left, unknown = relations.left(number)
        if unknown[0] != relations.all[number].cells[0]:
            yield max(0, round(left / len(unknown)))
    yield from (2, 3, 1, 4, 0)
