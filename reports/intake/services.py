"""services.yaml -> the public services that figures are fetched from: address, tables, and what is special in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from reports.errors import Place, Problem, ReportError, problem
from reports.home import Home
from reports.read.decode import bytes_of, decode, excerpt, nearest
from reports.read.parsed import reader
from reports.read.shape import shape

FILE = "services.yaml"
NAME = re.compile(r"[\w-]+")  # of a table: it is the name of its folder in data/statistics
MOST_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a service. `files` are the names it goes by there, the newest first.

    `yearly` are contents that have one figure a year, which the service repeats for every month of it. `totals` names
    the code to take of a dimension that is neither time, contents nor area, where it is not the service's own total.
    """

    place: Place
    files: tuple[str, ...]
    yearly: tuple[str, ...] = ()
    totals: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Service:
    """A PxWeb service (API v1): `address` with its language, `folder` of its tables below that.

    `seconds` is how long a whole fetch may take. `unplaced` are codes of its areas that are no places: those of whom
    the place is not known.
    """

    place: Place
    address: str
    folder: str
    tables: Mapping[str, Table]
    seconds: Decimal = Decimal(300)
    unplaced: tuple[str, ...] = ()


def read_service(home: Home, name: str) -> Service:
    """A service by its name in data/services.yaml.

    Raises ReportError: everything that is wrong in the file (exit 1), or that it has no such service (exit 2).
    """
    services = _services(home)
    if name not in services:
        file, near = home.name(home.data / FILE), nearest(name, services)
        raise ReportError([problem("fetch-service", file, found=excerpt(name), near=near)], exit_code=2)
    return services[name]


def giving(home: Home, tables: Collection[str]) -> list[str]:
    """The names of the services that give some of these tables; raises ReportError as `read_service`."""
    return [name for name, service in _services(home).items() if service.tables.keys() & set(tables)]


def _services(home: Home) -> Mapping[str, Service]:
    path = home.data / FILE
    file = home.name(path)
    if not path.is_file():
        raise ReportError([problem("fetch-services", file)])
    text, problems = decode(bytes_of(path, file), file)
    tree, slips = reader(home)(text, file)
    services: Mapping[str, Service]
    services, misfits = shape(Mapping[str, Service], tree)
    wrong = [*problems, *slips, *misfits]
    for service in services.values():
        wrong += _check(service)
    if any(not one.warning for one in wrong):
        raise ReportError(wrong)
    return services


def _check(service: Service) -> list[Problem]:
    problems = []
    if not 1 <= service.seconds <= MOST_SECONDS:
        problems.append(Problem("fetch-seconds", service.place, {"most": MOST_SECONDS}))
    for name, table in service.tables.items():
        if not NAME.fullmatch(name):
            problems.append(Problem("fetch-table-name", table.place, {"found": excerpt(name)}))
        if not table.files:
            problems.append(Problem("fetch-table-files", table.place, {"table": excerpt(name)}))
    return problems
