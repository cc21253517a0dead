"""A slip in a file of the made-up city: what is changed, and the problem that must then be named, with its place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

AREA = "data/kuvitteila/area.yaml"
INDICATORS = "data/kuvitteila/indicators.yaml"
SOURCES = "data/kuvitteila/sources.yaml"
ROWS = "data/kuvitteila/2021/observations.csv"
DATES = "data/kuvitteila/2021/dates.csv"
SUMS = "data/kuvitteila/2021/sums.yaml"
TEXT = "data/kuvitteila/2021/annual.md"
HOME = "data/home.yaml"
STATISTICS = "data/statistics/demo/2021.csv"
PLAN = "data/kuvitteila/2021/plan.yaml"
NOTES = "data/kuvitteila/2021/followup.yaml"
# Files that the city has only where a slip in one of them is made.
EXTRA = {
    PLAN: """title: Toimintasuunnitelma 2021
goals:
  palvelut:
    title: Palvelu alkaa ajoissa
    rows:
      - measures:
          - indicator: asiakkaat
            area: Kuvitteila
            target: alle 700
            baseline: 2021-03
          - indicator: asiakkaat-ika
            area: KU991
            group: 15–24
            target: enintään 100
          - text: Jonoja ei ole
        actions:
          - Jonot puretaan
        responsible:
          - Tiimit
""",
    NOTES: """overrides:
  - measure: asiakkaat Kuvitteila
    status: at-level
    reason: Joulukuun rekisteriajo jäi kesken.
comments:
  palvelut: Asiakkaita tuli odotettua vähemmän.
""",
}


def write_extra(home: Path) -> None:
    """Give a copy of the home the files it lacks."""
    for file, text in EXTRA.items():
        (home / file).write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class Slip:
    """One slip: in `file`, `old` becomes `new` (nothing in `old`: the whole file); then `code` is named at `place`.

    A `place` that begins with a colon is in the same file.
    """

    title: str
    file: str
    old: str
    new: str | bytes
    code: str
    place: str

    @property
    def where(self) -> str:
        """The place with its file."""
        return self.file + self.place if self.place.startswith(":") or not self.place else self.place

    def make(self, home: Path) -> None:
        """Spoil a copy of the home."""
        path = home / self.file
        if self.file in EXTRA:
            write_extra(home)
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(self.new, bytes):
            path.write_bytes(path.read_bytes().replace(self.old.encode(), self.new) if self.old else self.new)
            return
        text = path.read_text(encoding="utf-8") if self.old else ""
        assert self.old in text, f"{self.title}: {self.file} has no {self.old!r}"
        path.write_text(text.replace(self.old, self.new, 1) if self.old else self.new, encoding="utf-8", newline="")
