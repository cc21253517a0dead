"""What of an area's figures a public page may show, and the report for the staff on what it does not."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

from reports.disclosure import Hidden, Unprotected, published, staff_report
from reports.finnish import Language
from reports.messages import DOCUMENT_LANGUAGES, LANGUAGES
from reports.model import Area, Dataset, Key, Mark
from reports.month.monthly_setup import read_monthly
from reports.order import Order
from reports.period import Period
from reports.prepare import texts_of
from reports.public.record import JSON, MONTH, Record, Shown, of_json, to_json
from reports.recipe import Recipe

TOLD = "told"  # told.short.json: what a document tells and hides; never on the site


class Safe:
    """The figures of an order's public page with the small ones hidden, and what was hidden of them.

    The short version and the release of a month are made of the same figures, whether they show all of them or not:
    who reads both must not learn more than from one.
    """

    def __init__(self, order: Order, recipe: Recipe) -> None:
        self._order = order
        self._recipe = recipe
        self._dataset: Dataset | None = None
        self._hidden: tuple[Hidden, ...] = ()

    def published(self, dataset: Dataset) -> Dataset:
        """The figures that the page is made of, as they may be published beside those that were before.

        Raises Unprotected (exit code 5) with the lists for the staff where they cannot be, and as `read_monthly`.
        """
        told = list(self._told())
        wanted = {*self._wanted(dataset), *(one.indicator for one in told)}
        shares = [dataset.indicators[name] for name in wanted.intersection(dataset.indicators)]
        wanted |= {name for one in shares for name in (one.part, one.whole)}  # a share of a few persons tells of them
        used = {key: o for key, o in dataset.observations.items() if o.indicator in wanted}
        safe = replace(dataset, observations=used)
        try:
            made = published(safe, earlier=_earlier(told, safe))
        except Unprotected as stopped:
            self._dataset, self._hidden = safe, stopped.hidden
            stopped.lists = self.report()
            raise
        self._dataset, self._hidden = made.dataset, made.hidden
        return made.dataset

    def lists(self, figures: Iterable[Shown], worked_out: Iterable[Hidden] = ()) -> dict[str, bytes]:
        """The files for the staff: the report, and what the document tells and hides, for the documents after it.

        A figure that is hidden for the sake of another is kept even where the document has no place for it: shown
        after a revision it would give that one away to whoever has both.
        """
        hidden = (_as_hidden(one.key) for one in self._hidden)
        order = self._order
        kept = Record(str(order.period), order.language, order.area, "", "", (), "", (*figures, *hidden))
        return {**self.report(worked_out), f"{TOLD}.{order.stem}.json": to_json(kept, indent=None)}

    def report(self, worked_out: Iterable[Hidden] = ()) -> dict[str, bytes]:
        """The file for the staff, which belongs with the documents and never on the site.

        Behind what is hidden in the figures stands what is `worked_out` from it and is therefore not shown either.
        """
        if self._dataset is None:
            return {}
        language = Language(self._order.language if self._order.language in LANGUAGES else LANGUAGES[0])
        out = io.StringIO()
        rows = staff_report((*self._hidden, *worked_out), self._dataset, language)
        csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
        return {f"disclosure.{self._order.stem}.csv": out.getvalue().encode("utf-8-sig")}

    def _wanted(self, dataset: Dataset) -> Iterator[str]:
        """The indicators that the page shows: those of monthly.yaml, and those that a person's text names."""
        setup, _ = read_monthly(self._order.home, self._order.area, self._order.period, dataset)
        yield from (str(setup.people), str(setup.vacancies))
        if setup.rate:
            yield from (setup.rate.part, setup.rate.whole)
        yield from (notation.partition(" ")[0] for notation in setup.services)
        for _, text in texts_of(self._order, self._recipe):
            notations = [*text.facts.values(), *(table.data for table in text.tables.values())]
            notations += [one for figure in text.figures.values() for one in (*figure.data, *figure.compare)]
            yield from (notation.partition(" ")[0] for notation in notations)

    def _told(self) -> Iterator[Shown]:
        """What every page of the site and every public document of the area tells or hides, the published ones too."""
        site, documents = self._order.published or self._order.site, self._order.home.out / self._order.area
        pages = [path for glob in ("*", "*/*") for path in site.glob(f"{glob}/{JSON}")]
        for path in (*pages, *documents.glob(f"*/{TOLD}.*.json")):
            if MONTH.fullmatch(path.parent.name):
                with suppress(ValueError):  # the site says that of its own files
                    yield from of_json(path.read_bytes()).figures


def _earlier(told: Iterable[Shown], dataset: Dataset) -> dict[Key, Decimal | None]:
    """What is told of these figures, in whatever language; None where it was hidden.

    What one page tells that still holds is known, whatever another hides; else what any of them hides is hidden. A
    figure that was not available then is no secret.
    """
    out: dict[Key, Decimal | None] = {}
    names = {name.casefold(): one.name for one in dataset.setup.areas for name in _names(one)}
    for one in told:
        key = one.indicator, Period.of(one.period), names.get(one.area.casefold(), one.area), one.group
        now = dataset.observations.get(key)
        if now and one.value is not None and one.value == now.value:
            out[key] = one.value
        elif now and one.mark == Mark.HIDDEN:
            out.setdefault(key, None)
    return out


def _as_hidden(key: Key) -> Shown:
    indicator, period, area, group = key
    return Shown(indicator, "", "", str(period), area, None, str(Mark.HIDDEN), "", "", "", "", group)


def _names(area: Area) -> Iterator[str]:
    """What the pages of each language call an area and its members together."""
    yield from (area.together(language) for language in DOCUMENT_LANGUAGES)
    yield from filter(None, (area.sv, area.en, area.name))
