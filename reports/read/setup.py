"""The YAML files of a home -> who reports, what is measured, where numbers come from, what must add up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from reports.errors import Place, Problem, ReportError, problem
from reports.home import Home, HomeSetup, plain_setup
from reports.messages import LANGUAGES
from reports.model import Area, AreaSetup, Indicator, Source, Sum
from reports.read.decode import bytes_of, decode, excerpt, nearest
from reports.read.parsed import reader
from reports.read.reporting import check_reporting
from reports.read.shape import shape
from reports.read.yaml import Tree


class Setup(NamedTuple):
    """What the area's own YAML files say; `known` is false for those whose names cannot be trusted to be all there."""

    area: AreaSetup
    indicators: Mapping[str, Indicator]
    sources: Mapping[str, Source]
    trees: Mapping[str, Tree]
    problems: tuple[Problem, ...]

    def known(self, name: str) -> bool:
        """Whether a file was read to its end, so that a name it lacks is a slip of the one who used it."""
        return self.trees[name].whole


def read_home(home: Home) -> tuple[HomeSetup, list[Problem]]:
    """home.yaml: the area and the language that are meant when none is named; empty where there is no such file."""
    path = home.data / "home.yaml"
    if not path.is_file():
        return HomeSetup(), []
    if plain := plain_setup(home):
        return plain, _check_home(home, plain, Tree(home.name(path)))
    setup, tree, problems = _load(HomeSetup, path, home)
    return setup, [*problems, *_check_home(home, setup, tree)]


def read_setup(home: Home, area: str) -> Setup:
    """area.yaml, indicators.yaml and sources.yaml of an area, with everything that is wrong in them.

    Raises ReportError (exit 2) where there is no such area.
    """
    folder = home.area_folder(area)
    if not (folder / "area.yaml").is_file():
        near = nearest(area, home.areas())
        raise ReportError([problem("area-missing", home.name(home.data), found=excerpt(area), near=near)], exit_code=2)
    own, area_tree, problems = _load(AreaSetup, folder / "area.yaml", home)
    indicators, indicator_tree, found = _load(Mapping[str, Indicator], folder / "indicators.yaml", home)
    sources, source_tree, more = _load(Mapping[str, Source], folder / "sources.yaml", home)
    trees = {"area": area_tree, "indicators": indicator_tree, "sources": source_tree}
    setup = Setup(own, indicators, sources, trees, ())
    checks = [*_check_areas(setup), *check_reporting(own, area_tree, home), *_check_indicators(setup, home)]
    return setup._replace(problems=(*problems, *found, *more, *checks))


def read_sums(home: Home, path: Path) -> tuple[tuple[Sum, ...], list[Problem]]:
    """sums.yaml: what must add up; the fact notation in it is left as written. Nothing where there is no such file."""
    if not path.is_file():
        return (), []
    sums, _, problems = _load(tuple[Sum, ...], path, home)
    return sums, problems


def _load(kind: Any, path: Path, home: Home) -> tuple[Any, Tree, list[Problem]]:
    """A file as a class of the model. A missing file is a problem, and empty."""
    file = home.name(path)
    tree, problems = Tree(file, whole=False), [problem("file-missing", file)]
    if path.is_file():
        text, problems = decode(bytes_of(path, file), file)
        tree, slips = reader(home)(text, file)
        problems += slips
    value, misfits = shape(kind, tree)
    return value, tree, [*problems, *misfits]


def _check_home(home: Home, setup: HomeSetup, tree: Tree) -> list[Problem]:
    problems = []
    if setup.area and not (home.area_folder(setup.area) / "area.yaml").is_file():
        problems.append(_unknown("area-missing", tree.place(("area",)), setup.area, home.areas()))
    if setup.language not in LANGUAGES:
        problems.append(_unknown("choice", tree.place(("language",)), setup.language, LANGUAGES))
    return problems


def _unknown(code: str, place: Place, found: str, valid: Iterable[str]) -> Problem:
    return Problem(code, place, {"found": excerpt(found), "near": nearest(found, valid)})


def _check_areas(setup: Setup) -> list[Problem]:
    """Names that no area has, and names or codes that two areas share."""
    tree = setup.trees["area"]
    names = [area.name for area in setup.area.areas]
    used = {"municipality": setup.area.municipality, "scope": setup.area.scope}
    problems = [
        _unknown("area-unknown", tree.place((key,)), name, names)
        for key, name in used.items()
        if name and name not in names
    ]
    seen: dict[str, int] = {}
    for number, area in enumerate(setup.area.areas):
        place = tree.place(("areas", number))
        for name in filter(None, dict.fromkeys((area.name, area.code, area.statistics, *area.aliases))):
            if name in seen:
                problems.append(Problem("area-twice", place, {"found": excerpt(name), "first": seen[name]}))
            seen.setdefault(name, place.row)
        problems += _check_members(area, names, tree, number)
    return problems


def _check_members(area: Area, names: list[str], tree: Tree, number: int) -> list[Problem]:
    others = [name for name in names if name != area.name]
    return [
        _unknown("area-unknown", tree.place(("areas", number, "members", at)), name, others)
        for at, name in enumerate(area.members)
        if name not in others
    ]


def _check_indicators(setup: Setup, home: Home) -> list[Problem]:
    """Names that cannot be used in a fact, sources and statistics tables that are not there, what is named twice."""
    tree = setup.trees["indicators"]
    problems: list[Problem] = []
    taken: dict[str, str] = {}
    for name, indicator in setup.indicators.items():
        if re.search(r"[\s/\\]", name):  # Windows takes a backslash for a folder, where files are named after it
            values = {"found": excerpt(name), "better": re.sub(r"[\s/\\]+", "-", name)}
            problems.append(Problem("indicator-name", tree.key_place((name,)), values))
        if indicator.source and setup.known("sources") and indicator.source not in setup.sources:
            place = tree.place((name, "source"))
            problems.append(_unknown("source-unknown", place, indicator.source, setup.sources))
        for key, other in (("part", indicator.part), ("whole", indicator.whole)):
            if other and other not in setup.indicators:
                problems.append(_unknown("indicator-unknown", tree.place((name, key)), other, setup.indicators))
        for at, group in enumerate(indicator.groups):
            if group in indicator.groups[:at]:
                problems.append(Problem("group-twice", tree.place((name, "groups", at)), {"found": excerpt(group)}))
        if indicator.statistics:
            problems += _check_statistics(indicator, home, tree)
            if (first := taken.setdefault(indicator.statistics, name)) != name:
                values = {"found": excerpt(indicator.statistics), "first": first}
                problems.append(Problem("statistics-twice", tree.place((name, "statistics")), values))
    return problems


def _check_statistics(indicator: Indicator, home: Home, tree: Tree) -> list[Problem]:
    place = tree.place((indicator.id, "statistics"))
    table, _, content = indicator.statistics.partition(" ")
    if not content or " " in content:
        return [Problem("statistics-form", place, {"found": excerpt(indicator.statistics)})]
    folder = home.data / "statistics"
    tables = sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    if table not in tables:
        return [_unknown("statistics-table", place, table, tables)]
    return []
