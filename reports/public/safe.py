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
from reports.public.record import JSON, MONTH, Shown, of_json
from reports.recipe import Recipe


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
        wanted = set(self._wanted(dataset))
        shares = [dataset.indicators[name] for name in wanted.intersection(dataset.indicators)]
        wanted |= {name for one in shares for name in (one.part, one.whole)}  # a share of a few persons tells of them
        used = {key: o for key, o in dataset.observations.items() if o.indicator in wanted}
        safe = replace(dataset, observations=used)
        try:
            made = published(safe, earlier=self._earlier(safe))
        except Unprotected as stopped:
            self._dataset, self._hidden = safe, stopped.hidden
            stopped.lists = self.report()
            raise
        self._dataset, self._hidden = made.dataset, made.hidden
        return made.dataset

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

    def _earlier(self, dataset: Dataset) -> dict[Key, Decimal | None]:
        """What the site tells of these figures, in whatever language; None where it was hidden.

        The newest month counts, but what a page tells that still holds is known, whatever another page hides. A figure
        that was not available then is no secret.
        """
        out: dict[Key, Decimal | None] = {}
        areas = dataset.setup.areas
        names = {name.casefold(): one.name for one in areas for name in _names(one)}
        for one in self._on_site():
            key = one.indicator, Period.of(one.period), names.get(one.area.casefold(), one.area), ""
            now = dataset.observations.get(key)
            still = now is not None and now.value is not None and out.get(key) == now.value
            if now and not still and (one.value is not None or one.mark == Mark.HIDDEN):
                out[key] = one.value
        return out

    def _on_site(self) -> Iterator[Shown]:
        """The figures of every page, those of the newest month last."""
        folder = self._order.published or self._order.site
        pages = [path for glob in ("*", "*/*") for path in folder.glob(f"{glob}/{JSON}")]
        for path in sorted(pages, key=lambda path: (path.parent.name, path)):
            if MONTH.fullmatch(path.parent.name):
                with suppress(ValueError):  # the site says that of its own files
                    yield from of_json(path.read_bytes()).figures


def _names(area: Area) -> Iterator[str]:
    """What the pages of each language call an area and its members together."""
    yield from (area.together(language) for language in DOCUMENT_LANGUAGES)
    yield from filter(None, (area.sv, area.en, area.name))
