"""What is wanted of a table -> asked of the service in parts that it allows -> what it said, checked."""

from __future__ import annotations

from datetime import UTC, datetime

from reports.errors import Problem, ReportError
from reports.intake import pxweb, services
from reports.intake.answers import checked, listed
from reports.intake.pxtable import Layout, Selection, count, question, questions, read_layout
from reports.intake.snapshots import Answer, Snapshot
from reports.intake.transport import NETWORK, fault, shown
from reports.intake.wanted import Wanted
from reports.model import Mark
from reports.period import Period
from reports.read.decode import excerpt, nearest


def take(
    client: pxweb.Client, service: services.Service, table: str, wanted: Wanted, since: Period | None
) -> tuple[Snapshot, list[Problem]]:
    """What the service says of a table now, from a period on (else all there is), and warnings.

    Raises ReportError (exit 4) where it has no such table, contents, areas or times, or says something else than asked.
    """
    path, metadata = _table(client, service, table)
    address = f"{client.address}/{path}"
    file = shown(address)
    layout = read_layout(metadata, file, wanted.contents, wanted.areas, service.tables[table].totals)
    _check_contents(layout, wanted, table)
    answers = _answers(client, path, _selection(layout, wanted, since, file))
    read = datetime.now(UTC).astimezone()
    snapshot = Snapshot(table, address, read, pxweb.text(metadata, file), answers)
    return snapshot, _strangers(layout, wanted, table)


def _table(client: pxweb.Client, service: services.Service, table: str) -> tuple[str, bytes]:
    """The path of a table under the first of its names that the service knows, and its metadata."""
    files = service.tables[table].files
    for file in files:
        path = f"{service.folder.strip('/')}/{file}"
        if (metadata := client.metadata(path)) is not None:
            return path, metadata
    raise fault("fetch-table", shown(f"{client.address}/{service.folder}"), table=table, tried=listed(files))


def _check_contents(layout: Layout, wanted: Wanted, table: str) -> None:
    """Contents that the table does not have are errors: their indicators would silently grow old."""
    missing = [
        Problem(
            "fetch-content",
            content.place,
            {"found": code, "table": table, "near": nearest(code, layout.contents.codes)},
        )
        for code, content in wanted.contents.items()
        if code not in layout.contents.codes
    ]
    if missing:
        raise ReportError(missing, NETWORK)


def _strangers(layout: Layout, wanted: Wanted, table: str) -> list[Problem]:
    """A warning for each area that the table does not have, as after a merger of municipalities."""
    known = layout.area.codes
    return [
        Problem(
            "fetch-area",
            place,
            {"name": excerpt(area.name), "found": code, "table": table, "near": nearest(code, known)},
            warning=True,
        )
        for code, area, place in wanted.unknown(known)
    ]


def _selection(layout: Layout, wanted: Wanted, since: Period | None, file: str) -> Selection:
    """All that is wanted of a table, by dimension."""
    areas = wanted.codes(layout.area.codes)
    if not areas:
        raise fault("fetch-no-area", file, found=listed(sorted(wanted.areas)[:5]))
    times = tuple(code for code, time in layout.times.items() if since is None or time.first >= since.first)
    if not times:
        raise fault("fetch-not-yet", file, since=since, newest=max(layout.times.values()))
    return {
        layout.area.code: areas,
        layout.contents.code: tuple(sorted(wanted.contents)),
        layout.time.code: times,
        **{name: (code,) for name, code in layout.fixed.items()},
    }


def _answers(client: pxweb.Client, path: str, selection: Selection) -> tuple[Answer, ...]:
    """The answers to a selection, each checked against its question; not one figure in them is an error."""
    address = f"{client.address}/{path}"
    said: list[Answer] = []
    known = False
    for part in questions(selection, client.limits.cells):
        asked = question(part)
        reply = client.answer(path, asked, count(part))
        said.append(Answer(asked.decode(), pxweb.text(reply, shown(address))))
        cube = checked(said[-1], address)
        known = known or any(cube.marks.get(at) is not Mark.UNAVAILABLE for at in range(len(cube.values)))
    if not known:
        raise fault("fetch-no-figures", shown(address))
    return tuple(said)
