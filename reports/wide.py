"""Wide tables for the workbook: each public statistic by period and area, over all the years that a report reads."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping

from reports.charts import source_line
from reports.document import Cell, Column, Row, Table, text_cell
from reports.finnish import Language
from reports.model import Dataset, Indicator, Observation, Status
from reports.tables import observation_cell, sentences


def wide_tables(dataset: Dataset, language: Language) -> tuple[Table, ...]:
    """A table for each indicator that lies in data/statistics: periods down, areas across in the order of area.yaml.

    What an area lacks is `..`, what is hidden keeps its mark; a number that is not final says so in its cell.
    """
    import pandas as pd

    shown = [o for o in dataset.observations.values() if dataset.indicators[o.indicator].statistics and not o.group]
    if not shown:
        return ()
    frame = pd.DataFrame(
        {
            "indicator": [o.indicator for o in shown],
            "period": [o.period for o in shown],
            "area": [o.area for o in shown],
            "observation": pd.Series(shown, dtype=object),
        }
    )
    parts = frame.groupby("indicator", sort=False)
    grids = {name: part.pivot(index="period", columns="area", values="observation") for name, part in parts}
    return tuple(
        _table(dataset.indicators[str(name)], grid.sort_index().to_dict("index"), dataset, language)
        for name, grid in grids.items()
    )


Grid = Mapping[Hashable, Mapping[Hashable, object]]


def _table(indicator: Indicator, grid: Grid, dataset: Dataset, language: Language) -> Table:
    say = language.catalogue.say
    shown = [cell for row in grid.values() for cell in row.values() if isinstance(cell, Observation)]
    have = {o.area for o in shown}
    areas = [area.name for area in dataset.setup.areas if area.name in have]
    rows = tuple(Row(tuple(_cells(row, areas, indicator, language))) for row in grid.values())
    columns = (Column(say("document.time")), *(Column(f"{area} ({indicator.unit})", "right") for area in areas))
    title = say("document.wide", name=indicator.name)
    sources = source_line(shown, dataset)
    example = say("document.example") if any(o.status is Status.EXAMPLE for o in shown) else ""
    caption = sentences(title, f"{say('document.source')}: {sources}" if sources else "", example)
    return Table(f"wide-{indicator.id}", title, columns, rows, caption=caption, name=f"wide-{indicator.id}")


def _cells(
    row: Mapping[Hashable, object], areas: list[str], indicator: Indicator, language: Language
) -> Iterator[Cell]:
    found = [row.get(area) for area in areas]
    known = next(cell for cell in found if isinstance(cell, Observation))
    yield text_cell(language.short(known.period))
    for cell in found:
        o = cell if isinstance(cell, Observation) else None
        status = language.catalogue.say(f"status.{o.status}") if o and o.status is not Status.FINAL else ""
        yield observation_cell(o, indicator, language, status)
