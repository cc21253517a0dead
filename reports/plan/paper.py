"""A paper about a plan for a meeting: sections -> a Word file in the plan's layout, put in place with its manifest."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import NamedTuple

from reports import manifest
from reports.deliver import digest
from reports.document import Document, Section
from reports.errors import Problem
from reports.finnish import Language
from reports.manifest import Entry, Hashes
from reports.model import Dataset
from reports.order import Order
from reports.pipeline import Result, place
from reports.prepare import theme
from reports.recipe import Content
from reports.write.template import Template

LAYOUT = str(Content.PLAN)


class Inputs(NamedTuple):
    """The hashes of all that goes in, by file, and the years whose statistics are read."""

    files: Mapping[str, str]
    years: tuple[int, ...]

    def with_file(self, name: str, seal: str) -> Inputs:
        """The same and a file that is being written."""
        return self._replace(files={**self.files, name: seal})


def inputs_of(order: Order, years: Sequence[int]) -> Inputs:
    """What goes into a paper, taken before it is read: a file that somebody saves meanwhile counts as changed."""
    hashes = Hashes(order.cache / "hashes.json")
    everything = manifest.input_hashes(order.home, order.area, hashes)
    hashes.save()
    return Inputs(manifest.chosen(years, (LAYOUT,), everything), tuple(years))


def file_of(order: Order, name: str) -> str:
    """The name of a paper: `plan-worklist.docx`, in another language than Finnish `plan-worklist.en.docx`."""
    return order._replace(name=name).file("docx")


def write_paper(
    order: Order,
    name: str,
    title: str,
    subtitle: str,
    sections: Sequence[Section],
    dataset: Dataset,
    inputs: Inputs,
    problems: Sequence[Problem] = (),
) -> Result:
    """Write a paper into the order's folder; one that a person has edited stays, and the new one lies beside it."""
    begun = time.perf_counter()
    document = Document(
        name=name,
        title=title,
        subtitle=subtitle,
        organisation=dataset.setup.organisation,
        date="",
        roles=(),
        language=order.language,
        area=order.area,
        period=str(order.period),
        sections=tuple(sections),
        labels=Language(order.language).catalogue.part("document"),
        contents=False,
    )
    values, wrong = theme(order)
    template = Template(LAYOUT, order.home.template_folders(LAYOUT), values)
    file = file_of(order, name)
    data = import_module("reports.write.docx").write(document, template)
    found = (*problems, *wrong)
    entry = Entry(inputs.files, {file: digest(data)}, {"report": name}, inputs.years, (LAYOUT,), problems=found)
    beside = place(order, file.removesuffix(".docx"), {file: data}, entry)
    return Result({file: time.perf_counter() - begun}, found, beside)
