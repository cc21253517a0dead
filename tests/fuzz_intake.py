"""Throws made-up and spoilt files at the imports for as long as wanted: nothing may break, hang or fill the memory.

usage: python -m tests.fuzz_intake [--seconds 120] [--first 0]
"""

from __future__ import annotations

import argparse
import faulthandler
import sys
import tempfile
import time
import zipfile
from collections import Counter
from datetime import date
from io import BytesIO
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from reports.errors import ReportError
from reports.home import Home
from reports.intake.arrived import Asked
from reports.intake.importer import How, import_file
from reports.messages import LANGUAGES, catalogue
from tests.bad.made_workbook import FORMATS, Book, Cell, Xml, formatted, packed
from tests.bad.mappings import MAPPINGS
from tests.bad.texts import LONG, TEXTS, WIDE
from tests.bad.workbooks import WORKBOOKS
from tests.form_city import form_city, made
from tests.test_kela import HEAD, row

DEADLINE = 10  # seconds that a file may take
MOST_MEGABYTES = 600
ROUND = 200  # texts of a round
FEWER = 4  # times fewer of the kinds that hold little that can be spoilt
CUBES = Path(__file__).parent / "data" / "cubes"
KELA = "\r\n".join([HEAD, row("1,2,3,4"), row("5,6,-7,8.5", "30-34,Nainen"), ""]).encode()

WORDS = st.sampled_from(
    [
        *"indicator period area value group status source note content Mittari Kuukausi Kunta Määrä 1/2021".split(),
        *"tammi 2021 2021-04 2021M04 1.4.2021 202104 asiakkaat asiakkaat-ika Kuvitteila KU991 991 15–24".split(),
        *"final Yhteensä 5 2608 36,9 36.9 1.395 1–76 n. .. ... - . % € Lähde: =A1 +5 -5 @x #REF! ” ' 1e5".split(),
        *("131052-308", "0401234567"),
        *("a.b@malli.fi", "\u00a0", "\u200b", "2 608", "36,9 %", "n. 22"),
    ]
)
LETTERS = st.characters(exclude_categories=["Cc", "Cf", "Co", "Cs", "Zl", "Zp"])
CELL = st.one_of(WORDS, WORDS, st.text(LETTERS, max_size=6), st.integers(-10, 10**17).map(str), st.just(""))
ROW = st.lists(CELL, max_size=7)
SEPARATOR = st.sampled_from([";", ",", "\t", "|"])
ENCODING = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
HEADS = [
    ["indicator", "period", "area", "value", "note"],
    ["period", "area", "content", "value"],
    ["Mittari", "Kuukausi", "Kunta", "Määrä"],
    ["Kunta", "1/2021", "2/2021", "2021", "tammi 2022"],
]
MORE = st.sampled_from(
    [
        *("header: 1", "header: 1-2", "header: none", "last: 3", "decimals: point", "dates: month", "dates: day"),
        *("empty: skip", "empty: error", "unit: t€", "down:\n  - area", "skip:\n  area:\n    - Yhteensä"),
        *("leave-out:\n  - Määrä", "words:\n  area:\n    x: Kuvitteila", "statistics: demo", "across: month"),
        *("across: area", "across: period", "fixed:\n  status: final", "fixed:\n  indicator: asiakkaat"),
    ]
)
MAPPING = st.one_of(
    st.sampled_from(["", "", LONG, WIDE, *(bad.mapping for bad in (*TEXTS, *MAPPINGS))]),
    st.builds(
        lambda first, more: first + "\n".join(more) + "\n",
        st.sampled_from([LONG, WIDE]),
        st.lists(MORE, max_size=3, unique_by=lambda line: line.partition(":")[0]),
    ),
)
NO_MAPPING = st.just("")
CUBE_MAPPING = st.sampled_from(["", "", "statistics: demo\ntake:\n  Sukupuoli: SSS\n"])
NUMBER = st.one_of(st.integers(), st.floats(), st.sampled_from(["1E999", "0x1", "-", "1.5.5", "９"]))
BOOK_CELL: st.SearchStrategy[Cell] = st.one_of(
    CELL.map(lambda text: "".join(letter for letter in text if letter >= " ")),
    st.integers(-10, 10**17),
    st.builds(formatted, NUMBER.map(str), st.integers(0, len(FORMATS))),
    st.builds(lambda kind, value: Xml(f't="{kind}"|<v>{value}</v>'), st.sampled_from("s b e d n str".split()), NUMBER),
    st.none(),
)
PLACE = st.builds(lambda letter, row: f"{letter}{row}", st.sampled_from("A C E XFD".split()), st.integers(0, 9))
RANGE = st.builds(lambda first, last: f"{first}:{last}", PLACE, PLACE)


@st.composite
def texts(draw: st.DrawFn) -> bytes:
    """A text file: a table of odd cells, or a known one with some bytes spoilt."""
    if draw(st.booleans()):
        return spoilt(draw, draw(st.sampled_from([bad.data for bad in TEXTS])))
    separator = draw(SEPARATOR)
    rows = [draw(st.sampled_from([[], *HEADS])), *draw(st.lists(ROW, max_size=8))]
    lines = [separator.join(row) for row in rows]
    return "\n".join(lines).encode(draw(ENCODING), errors="replace")


@st.composite
def workbooks(draw: st.DrawFn) -> bytes:
    """A workbook: a table of odd cells, or a known one with a part or some bytes spoilt."""
    if draw(st.booleans()):
        return spoilt(draw, draw(st.sampled_from([bad.data for bad in WORKBOOKS if len(bad.data) < 100_000])))
    rows = draw(st.lists(st.lists(BOOK_CELL, max_size=7), max_size=6))
    heads: list[Cell] = [*draw(st.sampled_from([[], *HEADS]))]
    book = Book({"Luvut": [heads, *rows]}, merged={"Luvut": draw(st.lists(RANGE, max_size=3))})
    parts = book.parts()
    if draw(st.booleans()):
        name = draw(st.sampled_from([*parts]))
        parts[name] = spoilt(draw, str(parts[name]).encode())
    return packed(parts)


@st.composite
def spoilt_file(draw: st.DrawFn, whole: bytes) -> bytes:
    """A file that is right, with some bytes spoilt."""
    return spoilt(draw, whole)


@st.composite
def forms(draw: st.DrawFn, form: bytes) -> bytes:
    """A form of ours that has come back with its figures, or anything else in it, changed."""
    with zipfile.ZipFile(BytesIO(form)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = draw(st.sampled_from([one for one in parts if "sheet1.xml" in one or "shared" in one or "styles" in one]))
    parts[name] = spoilt(draw, parts[name])
    return packed(parts)


def spoilt(draw: st.DrawFn, data: bytes) -> bytes:
    """Bytes with a few of them changed, cut out or said twice."""
    made = bytearray(data)
    for _ in range(draw(st.integers(1, 4))):
        at, length = draw(st.integers(0, len(made))), draw(st.integers(0, 12))
        what = draw(st.sampled_from("change cut double".split()))
        piece = draw(st.binary(min_size=1, max_size=6)) if what == "change" else bytes(made[at : at + length]) * 2
        made[at : at + length] = b"" if what == "cut" else piece
    return bytes(made)


class Fuzz:
    """One run: a home to import into, and what has been seen."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        city = form_city(folder / "home")
        self.home = Home(city.folder)
        self.form = made(city).read_bytes()
        self.seen: Counter[str] = Counter()
        self.slowest = 0.0

    def one(self, data: bytes, mapping: str, name: str) -> None:
        """Import a file without storing it; whatever is said must have its sentences."""
        path, told = self.folder / name, self.folder / "mapping.yaml"
        path.write_bytes(data)
        told.write_text(mapping, encoding="utf-8")
        begun = time.perf_counter()
        faulthandler.dump_traceback_later(DEADLINE, exit=True)
        try:
            asked = Asked(self.home, path, "kuvitteila", told if mapping else None, "demo")
            problems = import_file(asked, How(dry_run=True), date(2026, 11, 22)).problems
        except ReportError as error:
            problems = error.problems
        faulthandler.cancel_dump_traceback_later()
        self.slowest = max(self.slowest, time.perf_counter() - begun)
        for problem in problems:
            assert all(catalogue(language).problem(problem) for language in LANGUAGES)
        self.seen.update(problem.code for problem in problems)
        self.seen["files"] += 1

    def round(self, number: int, files: int) -> None:
        """Some texts, as many workbooks, fewer of each other kind; the same ones for the same number of the round."""
        self._some(texts(), MAPPING, "luvut.csv", number, files)
        self._some(workbooks(), MAPPING, "luvut.xlsx", number, files)
        others = {path.name: path.read_bytes() for path in CUBES.iterdir()} | {"kela.csv": KELA}
        for name, whole in others.items():
            self._some(spoilt_file(whole), CUBE_MAPPING, name, number, files // FEWER)
        self._some(forms(self.form), NO_MAPPING, "form.xlsx", number, files // FEWER)

    def _some(
        self, files_of: st.SearchStrategy[bytes], mapping: st.SearchStrategy[str], name: str, number: int, files: int
    ) -> None:
        @seed(number)
        @settings(
            max_examples=files,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink),
        )
        @given(files_of, mapping)
        def run(data: bytes, mapping: str) -> None:
            self.one(data, mapping, name)

        run()


def fuzz(seconds: float, files: int = ROUND, first: int = 0) -> Fuzz:
    """Rounds for as long as wanted, at least one, from the first on: each has files of its own."""
    end = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        running = Fuzz(Path(folder))
        number = first
        while number == first or time.monotonic() < end:
            running.round(number, files)
            number += 1
    return running


def main() -> None:
    """Fuzz for the seconds of the command line; says what was tried."""
    import resource  # there is none on Windows, where a round of a test runs all the same

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--first", type=int, default=0)
    given_options = parser.parse_args()
    done = fuzz(given_options.seconds, first=given_options.first)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    kinds = len(done.seen) - 1
    sys.stdout.write(
        f"files {done.seen['files']}, kinds of problems {kinds}, slowest {done.slowest:.2f} s, {megabytes} MB\n"
    )
    sys.exit(megabytes > MOST_MEGABYTES)


if __name__ == "__main__":
    main()
