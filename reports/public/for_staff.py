"""The staff's list of what a published month hides: in out/ with the month's documents, never on the site."""

from __future__ import annotations

from collections.abc import Mapping

from reports import manifest
from reports.deliver import digest
from reports.manifest import Entry, Hashes
from reports.month.monthly_figures import YEARS_SHOWN
from reports.order import Order
from reports.pipeline import place

NAME = "publish"


def keep(order: Order, lists: Mapping[str, bytes]) -> None:
    """Write the lists of a month that is being published: `told.publish.json` for `told.short.json`.

    They have a name of their own since the published site may have hidden other figures than the one in out/. What
    somebody has changed stays, and the new list lies beside it. Raises ReportError as `reports.pipeline.place`.
    """
    if not lists:
        return
    own = order._replace(name=NAME)
    files = {name.replace(f".{order.stem}.", f".{own.stem}."): data for name, data in lists.items()}
    year = order.period.first.year
    years = tuple(range(year - YEARS_SHOWN + 1, year + 1))
    hashes = Hashes(order.cache / "hashes.json")
    inputs = manifest.chosen(years, (), manifest.input_hashes(order.home, order.area, hashes))
    made = Entry(inputs, {name: digest(data) for name, data in files.items()}, {"report": NAME}, years)
    before = manifest.read(order.home, order.area, order.period).get(own.stem)
    if before is None or not _same(before, made, order, hashes):
        place(own, own.stem, files, made)
    hashes.save()


def _same(before: Entry, made: Entry, order: Order, hashes: Hashes) -> bool:
    """Whether the lists stand as they would be written now, so that nothing need be."""
    if (before.inputs, before.outputs) != (made.inputs, made.outputs):
        return False
    return all(manifest.stands(before, name, order.folder, hashes) for name in made.outputs)
