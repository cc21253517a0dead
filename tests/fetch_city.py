"""A made-up city whose figures come from the service of tests/pxweb_server.py, and the table that it asks for."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from reports.home import open_home
from reports.model import Observation
from reports.period import Period
from reports.read.dataset import read_dataset
from tests.pxweb_server import PxTable, PxWeb
from tests.trips import ROOT, City, contents

TIMES = {f"{year}M{month:02d}": f"{year}M{month:02d}" for year in (2020, 2021) for month in range(1, 13)}
AREAS = {"SSS": "KOKO MAA", "KU991": "Kuvitteila", "KU992": "Naapurila", "KU993": "Kaukola", "KU199": "Tuntematon"}
UNEMPLOYED, FORCE, RATE = "TYOTTOMAT", "TYOVOIMA", "OSUUS"
FILES = {"old": "statfin_keksi_pxt_demo.px", "new": "demo.px"}
STATISTICS = "data/statistics/demo"

SERVICES = """statfin:
  address: {address}
  folder: StatFin/keksi
  seconds: {seconds}
  unplaced:
    - KU199
  tables:
    demo:
      files:
        - demo.px
        - statfin_keksi_pxt_demo.px
      yearly:
        - TYOVOIMA
"""
INDICATORS = """
tyovoima:
  name: Työvoima
  unit: henkilöä
  source: demo-tilasto
  statistics: demo TYOVOIMA
tyottomyysaste:
  name: Työttömyysaste
  unit: "%"
  decimals: 1
  source: demo-tilasto
  statistics: demo OSUUS
  part: tyottomat
  whole: tyovoima
"""


def demo_table() -> PxTable:
    """Two years of three contents: counts, a labour force that is one figure a year, and a rate."""
    cells: dict[tuple[str, str, str], str] = {}
    for place, area in enumerate(AREAS, 1):
        for at, month in enumerate(TIMES):
            unemployed, force = 1000 // place + 7 * at % 50, 9000 // place + (5 if month > "2021" else 0)
            cells |= {(area, UNEMPLOYED, month): str(unemployed), (area, FORCE, month): str(force)}
            cells[area, RATE, month] = f"{unemployed * 100 / force:.1f}"
    labels = {UNEMPLOYED: "Työttömät (lkm.)", FORCE: "Työvoima (lkm.)", RATE: "Osuus työvoimasta (%)"}
    return PxTable(FILES, dict(AREAS), labels, dict(TIMES), cells, {RATE: ("%", 1)})


def fetch_city(folder: Path, server: PxWeb, capsys: Any = None, seconds: float = 20) -> City:
    """The city: without figures in data/statistics, its wider area with a code of its own."""
    shutil.copytree(ROOT / "tests" / "home", folder)
    shutil.rmtree(folder / "out", ignore_errors=True)
    shutil.rmtree(folder / STATISTICS)
    city = City(folder, capsys)
    point_at(city, server.address, seconds)
    city.change(
        "data/kuvitteila/area.yaml", "  - name: Yhteistyöalue\n", "  - name: Yhteistyöalue\n    statistics: YHT\n"
    )
    indicators = folder / "data/kuvitteila/indicators.yaml"
    indicators.write_text(indicators.read_text(encoding="utf-8").rstrip("\n") + INDICATORS, encoding="utf-8")
    return city


def point_at(city: City, address: str, seconds: float = 20) -> None:
    """Write the city's services.yaml."""
    text = SERVICES.format(address=address, seconds=str(seconds).replace(".", ","))
    city.write("data/services.yaml", text)


def figure(city: City, indicator: str, period: str, area: str) -> Observation:
    """A figure that is there, as the program reads it from the city."""
    found = find_figure(city, indicator, period, area)
    assert found, f"{indicator} {period} {area}"
    return found


def find_figure(city: City, indicator: str, period: str, area: str) -> Observation | None:
    """A figure as the program reads it from the city, or None."""
    when = Period.of(period)
    dataset = read_dataset(open_home(city.folder), "kuvitteila", [2019, 2020, 2021, 2022])
    assert [one for one in dataset.problems if not one.warning] == []
    return dataset.find(indicator, when, area)


def figures_of(city: City) -> dict[str, bytes]:
    """Everything below data/ as it is."""
    return contents(city.folder / "data")
