"""What an import came to -> the lines that the command prints."""

from __future__ import annotations

from collections.abc import Iterator

from reports.intake.foreign_tables import spans
from reports.intake.importer import Imported
from reports.intake.merging import ADDED, CHANGED, SAME
from reports.messages import catalogue

MOST = 60  # figures of one kind that are shown one by one


def lines(done: Imported, language: str) -> Iterator[str]:
    """What was added, changed and left as it was, file by file and figure by figure, and whether it was stored."""
    say = catalogue(language).say
    for file, counts in done.merge.counts.items():
        yield say("import.file", file=file, added=counts[ADDED], changed=counts[CHANGED], same=counts[SAME])
    for kind in (CHANGED, ADDED):
        found = [one for one in done.merge.changes if one.kind == kind]
        yield from (say(f"import.{kind}", name=one.name, old=one.old, new=one.new) for one in found[:MOST])
        if len(found) > MOST:
            yield say("import.more", count=len(found) - MOST)
    if done.notes:
        yield say("import.notes", rows=spans(done.notes))
    if done.returned:
        yield say("import.returned", path=done.returned)
    yield say(f"import.{_end(done)}", errors=sum(not one.warning for one in done.problems))


def _end(done: Imported) -> str:
    """The name of the last line: what has become of it all."""
    wrong = any(not one.warning for one in done.problems)
    if done.stored:
        return "stored-good" if wrong else "stored"
    if wrong and not (done.how.good_rows and done.merge.files):
        return "refused"
    return "dry-run" if done.merge.files else "nothing"
