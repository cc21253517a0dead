"""Supposes numbers for counts that nobody gives us: any that fit the figures serve as well as the true ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.disclosure.counts import Cells, Number
from reports.disclosure.relations import Relations

TRIES = 300  # and two for each count: a set of counts that nothing fits by then is left unknown


def settle(cells: Cells, relations: Relations) -> None:
    """Give numbers to the counts that are not known, small ones and all others of their sums.

    What a reader can work out depends on what is shown alone, so that one set of numbers that fits is as good as
    another. What has a number can also be less, which the search needs: a person fewer among the people may be one
    fewer of those in a service, of whom no file tells. Counts that nothing fits stay unknown, and more is hidden.
    """
    tried: set[int] = set()
    for cell in range(len(cells.keys)):
        if cells.value[cell] is None and cell not in tried and _is_free(cell, cells, relations):
            together = _together(cell, cells, relations)
            tried.update(together)
            totals = {one for one in together if any(times < 0 for _, times in relations.of(one))}
            _fit(sorted(together, key=lambda one: one in totals), cells, relations)  # parts first: they make the totals


def _together(cell: int, cells: Cells, relations: Relations) -> list[int]:
    """The unknown counts that are in one sum with a cell, or with one that is."""
    found = {cell: None}
    ahead = [cell]
    while ahead:
        for number, _ in relations.of(ahead.pop()):
            new = [one for one in relations.left(number)[1] if one not in found and _is_free(one, cells, relations)]
            found |= dict.fromkeys(new)
            ahead += new
    return list(found)


def _is_free(cell: int, cells: Cells, relations: Relations) -> bool:
    """Whether a count may be supposed: not one of a mean, which is rounded and would not show that it does not fit."""
    return not cells.fixed[cell] and all(times in (1, -1) for _, times in relations.of(cell))


def _fit(unknown: Sequence[int], cells: Cells, relations: Relations) -> None:
    """Find numbers that fit together, or take none."""
    tries = TRIES + 2 * len(unknown)
    taken: list[tuple[int, Iterator[Number], list[int]]] = []
    while (cell := next((one for one in unknown if cells.value[one] is None), None)) is not None:
        step = _supposed(cell, iter(dict.fromkeys(_guesses(cell, relations))), relations)
        while step is None and taken:  # back to the last one that may be another number
            cell, guesses, filled = taken.pop()
            relations.forget(filled)
            step = _supposed(cell, guesses, relations)
        tries -= 1
        if step is None or tries < 0:
            for _, _, filled in (*taken, *([step] if step else [])):
                relations.forget(filled)
            return
        taken.append(step)


def _supposed(
    cell: int, guesses: Iterator[Number], relations: Relations
) -> tuple[int, Iterator[Number], list[int]] | None:
    """A cell with what it gave numbers to and the guesses left, at the first that is possible; None without one."""
    for guess in guesses:
        filled = relations.suppose(cell, guess)
        if filled is not None:
            return cell, guesses, filled
    return None


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
