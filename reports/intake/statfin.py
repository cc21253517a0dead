"""The whole trip of a fetch: what is wanted -> the service, or a snapshot of it -> figures -> data/statistics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from reports.deliver import settle
from reports.errors import Problem, ReportError, problem, warning
from reports.home import Home
from reports.intake import pxweb, revisions, services, snapshots
from reports.intake.answers import Rows, read_answers, rows
from reports.intake.asking import take
from reports.intake.merging import Merge
from reports.intake.revisions import Revision
from reports.intake.snapshots import Snapshot
from reports.intake.store import merge_statistics, store
from reports.intake.transport import Deadline
from reports.intake.wanted import Wanted, names, read_wanted
from reports.model import Status
from reports.order import Say, silent
from reports.period import Period
from reports.read.decode import excerpt


class Done(NamedTuple):
    """What became of a table. `counts` are the figures added, changed and the same, from `first` to `last`.

    `stale` are documents made with figures that have changed since. `undated` are the sources, as file and name, that
    say another day than the figures were read on. `said` is the snapshot that the figures are from, and `fresh` whether
    it was written now.
    """

    table: str
    said: str
    day: date
    first: Period
    last: Period
    counts: Mapping[str, int]
    revisions: tuple[Revision, ...]
    stale: tuple[str, ...]
    undated: tuple[tuple[str, str], ...]
    summed: tuple[str, ...]
    left_out: tuple[str, ...]
    fresh: bool = False


class Fetched(NamedTuple):
    """What a fetch did, by table, and what it has to say. `names` are those of areas and contents by code."""

    done: tuple[Done, ...]
    names: Mapping[str, str]
    problems: tuple[Problem, ...]


class _Errand(NamedTuple):
    """What is to be fetched for a home."""

    home: Home
    service: services.Service
    wanted: Mapping[str, Wanted]
    since: Period | None
    problems: list[Problem]


def fetch(home: Home, name: str, areas: Collection[str], since: Period | None = None, say: Say = silent) -> Fetched:
    """Bring the figures that some areas want from a service of services.yaml up to date.

    Every figure of every table is there and checked before the first one is written, and then all are, or none.
    Raises ReportError: exit 4 where the service is not reached or does not say what it is asked; exit 1 where our own
    files have errors.
    """
    errand = _errand(home, name, areas, since)
    service = errand.service
    client = pxweb.Client(service.address, Deadline(float(service.seconds)), home.cache / "services")
    taken: list[Snapshot] = []
    for table, wanted in errand.wanted.items():
        say("fetching", table=table)
        snapshot, found = take(client, service, table, wanted, since or _earliest(home, table))
        taken.append(snapshot)
        errand.problems.extend(found)
    errand.problems.extend(client.problems)
    kept = [_keep(errand, snapshot) for snapshot in taken]
    store(home, [merge for _, merges in kept for merge in merges])
    return Fetched(tuple(done for done, _ in kept), names(errand.wanted), tuple(errand.problems))


def replay(home: Home, name: str, areas: Collection[str], day: date, since: Period | None = None) -> Fetched:
    """Put back the figures of a day: of each the newest snapshot that has it and is not younger. No service is asked.

    Figures that no such snapshot has stay as they are. Raises ReportError: exit 2 where there is no snapshot that old,
    exit 3 where one is damaged.
    """
    errand = _errand(home, name, areas, since)
    plans = {table: _plan(errand, table, day) for table in errand.wanted}
    done = [_put_back(errand, table, plan) for table, plan in plans.items()]
    for table, plan in plans.items():
        errand.problems.extend(_lacking(errand.wanted[table], plan))
    return Fetched(tuple(done), names(errand.wanted), tuple(errand.problems))


def _errand(home: Home, name: str, areas: Collection[str], since: Period | None) -> _Errand:
    settle(home.data, home.cache / "locks")
    service = services.read_service(home, name)
    wanted, problems = read_wanted(home, areas, service.tables)
    if not any(one.areas for one in wanted.values()):
        raise ReportError([problem("fetch-nothing", home.name(home.data), tables=", ".join(service.tables))])
    for one in wanted.values():
        for code in sorted(one.areas.keys() & set(service.unplaced)):
            area, place = one.areas[code]
            problems.append(Problem("fetch-unplaced", place, {"name": excerpt(area.name), "found": code}, warning=True))
    return _Errand(home, service, wanted, since, problems)


def _earliest(home: Home, table: str) -> Period | None:
    """The first year of a table that there are figures of; None where there are none yet."""
    years = [int(path.stem) for path in (home.data / "statistics" / table).glob("[0-9][0-9][0-9][0-9].csv")]
    return Period.year(min(years)) if years else None


def _rows(errand: _Errand, snapshot: Snapshot) -> Rows:
    table = errand.service.tables[snapshot.table]
    wanted = errand.wanted[snapshot.table]
    return rows(read_answers(snapshot, table, wanted), wanted, table.yearly, errand.since)


def _keep(errand: _Errand, snapshot: Snapshot) -> tuple[Done, list[Merge]]:
    """What a snapshot changes in the figures that stand, and what is to be written: figures, log, the snapshot."""
    home, table = errand.home, snapshot.table
    found = _rows(errand, snapshot)
    errand.problems.extend(found.problems)
    stands = _standing(home, table, found)
    statistics, revised = revisions.compared(found.statistics, stands)
    if before := _before(home, snapshot, bool(revised)):
        return _restored(errand, before, found, stands)
    names_of_revised = tuple(
        revisions.key(revisions.name_of(row)) for row in statistics if row.status is Status.REVISED
    )
    snapshot = snapshots.after_others(home, snapshot._replace(revised=names_of_revised))
    data = snapshot.to_bytes()
    path = snapshots.folder_of(home, table) / snapshot.name
    merge = merge_statistics(home, table, statistics, snapshot.source_file(data))
    done = _done(errand, snapshot, found, merge, revised)
    log = revisions.log(home, table, done.revisions, snapshot.read.date())
    return done._replace(fresh=True), [merge, log, Merge({path: data}, (), seen={path: ""})]


def _before(home: Home, snapshot: Snapshot, revises: bool) -> Path | None:
    """The snapshot on file that serves as well as a new one.

    It says the same, and is the newest, or changes nothing that stands: else the figures of its day would not be those
    of today.
    """
    path = snapshots.alike(home, snapshot)
    return None if path and revises and path != snapshots.paths(home, snapshot.table)[-1] else path


def _restored(
    errand: _Errand, path: Path, found: Rows, stands: Mapping[revisions.Name, revisions.Standing]
) -> tuple[Done, list[Merge]]:
    """What a snapshot on file changes in the figures that stand; `found` are those of its rows that count."""
    home = errand.home
    snapshot = snapshots.read(home, path)
    statistics = revisions.as_kept(found.statistics, frozenset(snapshot.revised))
    _, revised = revisions.compared(statistics, stands)
    merge = merge_statistics(home, snapshot.table, statistics, snapshot.source_file(path.read_bytes()))
    return _done(errand, snapshot, found, merge, revised), [merge]


def _plan(errand: _Errand, table: str, day: date) -> list[tuple[Path, Rows]]:
    """The snapshots of a table up to a day, the newest first, each with the rows that no newer one has."""
    paths = snapshots.paths(errand.home, table)
    taken: set[revisions.Name] = set()
    plan = []
    for path in reversed([one for one in paths if snapshots.day_of(one) <= day]):
        found = _rows(errand, snapshots.read(errand.home, path))
        own = tuple(row for row in found.statistics if revisions.name_of(row) not in taken)
        if own:
            taken.update(map(revisions.name_of, own))
            plan.append((path, found._replace(statistics=own)))
    if not plan:
        have = ", ".join(dict.fromkeys(str(snapshots.day_of(path)) for path in paths))
        raise ReportError([problem("fetch-no-snapshot", table=table, day=day, have=have or "-")], exit_code=2)
    return plan


def _put_back(errand: _Errand, table: str, plan: Sequence[tuple[Path, Rows]]) -> Done:
    """Write the figures of a plan; one snapshot after the other, since each stands in the same files."""
    parts = []
    for path, found in plan:
        done, merges = _restored(errand, path, found, _standing(errand.home, table, found))
        store(errand.home, merges)
        parts.append(done)
    return _together(parts)


def _lacking(wanted: Wanted, plan: Sequence[tuple[Path, Rows]]) -> list[Problem]:
    """A warning where the snapshots of a day have nothing of some areas or contents."""
    there = {code for _, found in plan for row in found.statistics for code in (row.area, row.content)}
    missing = sorted((wanted.areas.keys() | wanted.contents.keys()) - there)
    return [warning("fetch-snapshot-lacks", plan[0][0].name, found=", ".join(missing))] if missing else []


def _standing(home: Home, table: str, found: Rows) -> dict[revisions.Name, revisions.Standing]:
    return revisions.standing(home, table, {row.period.first.year for row in found.statistics})


def _done(errand: _Errand, snapshot: Snapshot, found: Rows, merge: Merge, revised: Sequence[Revision]) -> Done:
    """What a merge comes to, with the documents that show what it changes."""
    shown = revisions.documents(errand.home, {one.place[0] for one in revised})
    counts: Counter[str] = Counter()
    for one in merge.counts.values():
        counts.update(one)
    day = snapshot.read.date()
    sources = errand.wanted[snapshot.table].sources.items() if merge.files else ()
    return Done(
        table=snapshot.table,
        said=snapshot.name,
        day=day,
        first=found.times[0],
        last=found.times[-1],
        counts=counts,
        revisions=tuple(one._replace(shown=shown.printing.get(one.place, ())) for one in revised),
        stale=tuple(dict.fromkeys(document for using in shown.using.values() for document in using)),
        undated=tuple((place.file, name) for place, (name, told) in sources if told not in ("", day.isoformat())),
        summed=found.summed,
        left_out=found.left_out,
    )


def _together(parts: Sequence[Done]) -> Done:
    """What became of a table whose figures came from several snapshots, the newest first."""
    counts: Counter[str] = Counter()
    for one in parts:
        counts.update(one.counts)
    return parts[0]._replace(
        counts=counts,
        first=min(one.first for one in parts),
        last=max(one.last for one in parts),
        revisions=tuple(revision for one in parts for revision in one.revisions),
        stale=tuple(dict.fromkeys(document for one in parts for document in one.stale)),
    )
