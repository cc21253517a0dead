"""Two made-up homes of one city: `tests/slips` with the slips of real plans and reports, `tests/clean` without them."""

from __future__ import annotations

import shutil
from pathlib import Path

from reports.consistency import pieces
from reports.consistency.figures import check_shares, check_sums
from reports.consistency.plan import check_plan
from reports.consistency.text import check_texts
from reports.errors import Problem
from reports.finnish import Language
from reports.home import Home, open_home
from reports.model import Dataset
from reports.narrative import read_narrative
from reports.period import Period
from reports.printer import EXPRESSION, FactPrinter, name_facts
from reports.read.dataset import read_dataset
from reports.read.front_matter import read_text
from reports.read.plan import read_plan

AREA = "keksila"
FOLDER = f"data/{AREA}"
FINNISH = Language("fi")
ONE_ATTACHMENT = 1  # an annual report numbers its sources


def copied(name: str, folder: Path) -> Home:
    """A copy of one of the homes, so that nothing is written beside the tests."""
    return open_home(shutil.copytree(Path(__file__).parent / name, folder / name))


def figures(home: Home) -> tuple[Dataset, list[Problem]]:
    """The figures of the city, and what is wrong with them."""
    dataset = read_dataset(home, AREA, ())
    shares = check_shares(dataset.observations.values(), dataset, FINNISH)
    return dataset, [*dataset.problems, *check_sums(dataset, FINNISH), *shares]


def annual(home: Home, dataset: Dataset) -> list[Problem]:
    """What is wrong with the annual report of 2021: its facts, its numbers, its words."""
    text = read_text(home, home.period_folder(AREA, Period.year(2021)) / "annual.md")
    named, wrong = name_facts(text.facts, dataset)
    printer = FactPrinter(named, dataset, FINNISH)
    read = read_narrative(text.body, text.file, text.body_row, printer, text.not_facts)
    words = list(pieces.prose(text))
    expressions = {match[1].strip() for piece in words for match in EXPRESSION.finditer(piece.text)}
    printed = {expression: printer.evaluate(expression)[0] for expression in expressions}
    found = check_texts(words, FINNISH, attachments=ONE_ATTACHMENT, printed=printed, dates=dataset.dates)
    return [*text.problems, *wrong, *read.problems, *printer.problems, *found]


def plan(home: Home, dataset: Dataset) -> list[Problem]:
    """What is wrong with the plan of 2022."""
    read, wrong = read_plan(home, AREA, Period.year(2022), dataset)
    return [*wrong, *check_plan(read, Period.year(2022), dataset, FINNISH)]
