"""What a fetch did -> lines for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reports.intake.statfin import Done, Fetched
from reports.messages import Catalogue, catalogue

MOST = 20  # revised figures that are listed one by one; the log has them all


def lines(fetched: Fetched, language: str) -> Iterator[str]:
    """What was brought, what was revised and where the old figures are shown."""
    words = catalogue(language)
    for done in fetched.done:
        yield from _table(done, fetched.names, words)


def _table(done: Done, names: Mapping[str, str], words: Catalogue) -> Iterator[str]:
    counts = {kind: done.counts.get(kind, 0) for kind in ("added", "changed", "same")}
    yield words.say("fetch.table", table=done.table, first=done.first, last=done.last, day=done.day, **counts)
    for one in done.revisions[:MOST]:
        period, area, content = one.name
        about = {"content": names.get(content, content), "area": names.get(area, area), "period": period}
        yield words.say("fetch.revised", old=one.old, new=one.new, **about)
        for document in one.shown:
            yield words.say("fetch.shown", document=document)
    if len(done.revisions) > MOST:
        yield words.say("fetch.more", count=len(done.revisions) - MOST, table=done.table)
    for document in done.stale:
        yield words.say("fetch.stale", document=document)
    for file, source in done.undated:
        yield words.say("fetch.undated", file=file, source=source, day=done.day)
    if done.summed:
        yield words.say("fetch.summed", areas=", ".join(done.summed))
    if done.left_out:
        yield words.say("fetch.left-out", contents=", ".join(done.left_out))
    yield words.say("fetch.fresh" if done.fresh else "fetch.kept", snapshot=done.said)
