"""The trip of an import: a file -> read and checked -> what it would change -> stored, all of it or nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from reports.deliver import settle
from reports.errors import Problem, ReportError, problem, warning
from reports.intake.arrived import Arrived, Asked, read_file
from reports.intake.incoming import SourceFile
from reports.intake.merging import Merge
from reports.intake.store import merge_observations, merge_statistics, store

MOST = 100  # errors, and warnings, that are told one by one
SHOWN = 5  # codes of areas that a message lists


class How(NamedTuple):
    """How a file is to be stored.

    `dry_run` stores nothing, `replace` lets a figure of another source be replaced, `good_rows` stores the rows that
    are right although others are not.
    """

    dry_run: bool = False
    replace: bool = False
    good_rows: bool = False


class Imported(NamedTuple):
    """What an import came to, what it has to say, and whether anything was stored.

    `notes` are the numbers of rows without figures that were passed over. `returned` is the copy of a form that says
    what has to be corrected in it.
    """

    merge: Merge
    problems: tuple[Problem, ...]
    how: How
    stored: bool = False
    notes: tuple[int, ...] = ()
    returned: Path | None = None


def import_file(asked: Asked, how: How, today: date) -> Imported:
    """Import a file. Where something is wrong with it nothing is stored, or with `good_rows` only what is right.

    What is wrong is in the result. Raises ReportError for a file that is not there (exit 2), or that the system does
    not let be read or written (exit 3).
    """
    settle(asked.home.data, asked.home.cache / "locks")
    # A large table is hundreds of thousands of rows of which nothing can be collected while it is being read; looking
    # for it would take a third of the time.
    gc.disable()
    try:
        arrived = read_file(asked)
        merge, more = _merged(asked, arrived, how, today)
    except ReportError as error:
        if error.exit_code != 1:
            raise
        return Imported(Merge({}, ()), _told(error.problems, asked.file), how)
    finally:
        gc.enable()
    problems = _told([*arrived.problems, *merge.problems, *more], asked.file)
    wrong = any(not one.warning for one in problems)
    returned = _returned(asked, arrived, problems) if wrong and not how.dry_run else None
    stored = bool(merge.files) and not how.dry_run and (how.good_rows or not wrong)
    if stored:
        store(asked.home, [merge._replace(problems=())])
    return Imported(merge, problems, how, stored, tuple(arrived.notes), returned)


def _merged(asked: Asked, arrived: Arrived, how: How, today: date) -> tuple[Merge, list[Problem]]:
    source_file = SourceFile(asked.file, arrived.sha256, today, arrived.sheets)
    if not arrived.table:
        return merge_observations(asked.home, asked.area, arrived.rows, source_file, how.replace), []
    merge = merge_statistics(asked.home, arrived.table, arrived.statistics, source_file)
    own = {area.statistics for area in arrived.setup.area.areas} - {""}
    found = set(arrived.areas.values())
    if not found or found & own:
        return merge, []
    have = ", ".join(sorted(found)[:SHOWN])
    return merge, [warning("import-no-area", asked.file, have=have, own=", ".join(sorted(own)[:SHOWN]) or "-")]


def _returned(asked: Asked, arrived: Arrived, problems: Sequence[Problem]) -> Path | None:
    """The copy of a faulty form that can be mailed back; nothing where the file is no form of ours."""
    if not arrived.form:
        return None
    from reports.intake.form_return import return_form

    return return_form(asked.home, asked.area, asked.path, arrived.form, problems)


def _told(problems: Iterable[Problem], file: str) -> tuple[Problem, ...]:
    """The problems, each once: a heading or area that is wrong is so for every figure of its column or row.

    Of many kinds of slips the first are told, and how many there are in all: a person mends the file, not the list.
    """
    unlike = tuple({f"{one.code} {one.place}": one for one in problems}.values())
    errors = [one for one in unlike if not one.warning]
    warnings = [one for one in unlike if one.warning]
    if len(errors) > MOST:
        errors = [*errors[:MOST], problem("import-more", file, count=len(errors) - MOST)]
    if len(warnings) > MOST:
        warnings = [*warnings[:MOST], warning("import-more-warnings", file, count=len(warnings) - MOST)]
    return (*errors, *warnings)
