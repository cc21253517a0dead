"""The organisation and the sources of an area as they are called in the language of a document."""

from __future__ import annotations

from dataclasses import replace

from reports.model import Dataset
from reports.naming import Cited


def named_in(dataset: Dataset, language: str) -> Dataset:
    """The dataset with its organisation and sources called as in a document's language, where they have such a name."""
    if language == "fi":
        return dataset
    sources = {}
    for name, source in dataset.sources.items():
        own: Cited = getattr(source, language)
        title, publisher = own.title or source.title, own.publisher or source.publisher
        sources[name] = replace(source, title=title, publisher=publisher)
    organisation = getattr(dataset.setup.called, language) or dataset.setup.organisation
    return replace(dataset, sources=sources, setup=replace(dataset.setup, organisation=organisation))
