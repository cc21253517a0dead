"""What of an area's figures a public page may show, and the report for the staff on what it does not."""

from __future__ import annotations

import csv
import io
from collections.abc import Container, Iterator
from dataclasses import replace
from decimal import Decimal

from reports.disclosure import Hidden, published, staff_report
from reports.finnish import Language
from reports.messages import LANGUAGES
from reports.model import Dataset, Key
from reports.monthly_setup import read_monthly
from reports.order import Order
from reports.period import Period
from reports.prepare import texts_of
from reports.public.record import JSON, MONTH, of_json
from reports.recipe import Recipe


class Safe:
    """The figures of an order's public page with the small ones hidden, and what was hidden of them.

    `services` says that the page tells of the services of monthly.yaml too.
    """

    def __init__(self, order: Order, recipe: Recipe, services: bool = False) -> None:
        self._services = services
        self._order = order
        self._recipe = recipe
        self._dataset: Dataset | None = None
        self._hidden: tuple[Hidden, ...] = ()

    def published(self, dataset: Dataset) -> Dataset:
        """The figures that the page is made of, as they may be published beside those that were before.

        Raises ReportError: exit code 5 where they cannot be, and as `read_monthly`.
        """
        wanted = set(self._wanted(dataset))
        used = {key: o for key, o in dataset.observations.items() if o.indicator in wanted}
        made = published(replace(dataset, observations=used), earlier=self._earlier(used))
        self._dataset, self._hidden = made.dataset, made.hidden
        return made.dataset

    def report(self) -> dict[str, bytes]:
        """The file for the staff, which belongs with the documents and never on the site."""
        if self._dataset is None:
            return {}
        language = Language(self._order.language if self._order.language in LANGUAGES else LANGUAGES[0])
        out = io.StringIO()
        rows = staff_report(self._hidden, self._dataset, language)
        csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
        return {f"disclosure.{self._order.stem}.csv": out.getvalue().encode("utf-8-sig")}

    def _wanted(self, dataset: Dataset) -> Iterator[str]:
        """The indicators that the page shows: those of monthly.yaml, and those that a person's text names."""
        setup, _ = read_monthly(self._order.home, self._order.area, self._order.period, dataset)
        yield from (str(setup.people), str(setup.vacancies))
        if setup.rate:
            yield from (setup.rate.part, setup.rate.whole)
        if self._services:
            yield from (notation.partition(" ")[0] for notation in setup.services)
        for _, text in texts_of(self._order, self._recipe):
            notations = [*text.facts.values(), *(table.data for table in text.tables.values())]
            notations += [one for figure in text.figures.values() for one in (*figure.data, *figure.compare)]
            yield from (notation.partition(" ")[0] for notation in notations)

    def _earlier(self, used: Container[Key]) -> dict[Key, Decimal | None]:
        """What has been published of these figures, in whatever month it was last; None where it was hidden."""
        out: dict[Key, Decimal | None] = {}
        folder = self._order.published or self._order.site
        for path in sorted(folder.glob(f"*/{JSON}")):
            if MONTH.fullmatch(path.parent.name):
                try:
                    figures = of_json(path.read_bytes()).figures
                except ValueError:
                    continue  # the site says that of its own files
                keys = {(one.indicator, Period.of(one.period), one.area, ""): one.value for one in figures}
                out |= {key: value for key, value in keys.items() if key in used}
        return out
