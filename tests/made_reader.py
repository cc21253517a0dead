"""A reader with a computer: every number of the finished public files with its label, and what follows from all."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from reports.model import Key
from reports.period import Period
from tests.made_disclosure import Row, Truth, apart, intervals
from tests.made_lines import of_page, of_text, of_word, of_workbook
from tests.made_town import AT, BEFORE, FORCE, NAMES, PEOPLE, SERVED, SHARE, YEAR_AGO, Town
from tests.pdf_lines import of_pdf

N = r"\d{1,3}(?: \d{3})+(?:,\d+)?|\d+(?:,\d+)?"
MONTHS = "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu".split()
BY_NAME = {name: indicator for indicator, name in NAMES.items()}
PAIRS = {"rate": (PEOPLE, FORCE), SHARE: (SERVED, PEOPLE)}
THEN = {"vuotta": YEAR_AGO, "kuukautta": BEFORE, "vuodessa": YEAR_AGO, "kuukaudessa": BEFORE}
UNTOLD = ("", "..", "...", ".", "-")
SPOKEN = {"Osuus": "rate", "Aste": SHARE}
DOWN = re.compile("vähemmän|matalam|väheni|laski|pienem|alem")
WHAT = r"[Ss]ana-\w+|[Oo]suus|[Aa]ste"
NAMED = re.compile(rf"((?:\w+kuu(?:, | ja (?=\w+kuu))?)+)(?: ja \d+ muuta)?(?::? \(?)({N})\)?")
SENTENCE = re.compile(
    rf"(?P<what1>{WHAT}) oli (?P<level1>{N})(?: %)?"
    rf"|(?P<what6>{WHAT}) oli \w+ss[aä] (?P<level3>{N})(?! ?%|,?\d)"
    rf"|(?P<what5>{WHAT}) oli (?!\d)"
    rf"|oli (?P<level2>{N}) (?P<what2>sana-\w+)(?! (?:enemmän|vähemmän))"
    rf"|oli \w+kuussa (?P<by1>{N}) (?P<what3>sana-\w+) \w+ kuin vuotta aiemmin"
    rf"|(?P<what4>{WHAT})(?: määrä)? (?=\w+ \w+ss[aä] \w+kuussa)"
    rf"|(?:\w+ \w+ss[aä] )?\w+kuussa (?:\w+, )?(?P<by3>{N}) prosenttiyksikköä vuodentakaisesta"
    rf"|\w+ \w+ss[aä] \w+kuussa (?:\w+, )?(?P<percent2>{N}) % vuodentakaisesta"
    rf"|(?P<by2>{N})(?: \((?P<percent>{N}) %\)| prosenttiyksikköä)?(?: sana-\w+)? \w+ kuin (?:vuotta|kuukautta) aiemmin"
    rf"|ei ollut (?P<none>yhtään) (?P<what7>sana-\w+)"
    rf"|yhtä paljon kuin (?P<same>vuotta|kuukautta) aiemmin"
    rf"|sama, (?P<alike>{N}) %"
    rf"|(?P<where>\w+)ss[aä] (?:vastaava luku oli )?\(?(?P<there>{N}) %\)?"
)
MOST = 1e6  # more than any count that is hidden
HALF = 0.0500001  # of the last decimal that is printed
OTHERS = re.compile(  # digits that are no figures
    r"(?:19|20)\d\d(?:[–-]\d\d(?:\d\d)?)?(?:-\d\d)*|[1-9]/2024|(?:Kuvio|Taulukko) 1|CC BY 4.0|https?://\S+|T00:00:00Z"
    r"|^1 / 1$"
)
LINES = {"html": of_page, "xml": of_page, "docx": of_word, "xlsx": of_workbook, "pdf": of_pdf}


class Reader:
    """What somebody knows who has read some files: counts, shares, changes; `left` are lines with digits unread."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.main = town.plan.towns[0]
        self.known: Truth = {}
        self.rows: list[Row] = []
        self.rates: Truth = {}
        self.rate_changes: list[tuple[Key, Key, Decimal]] = []
        self.left, self._spoken, self._place = list[str](), "", self.main
        self._rows: list[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]]] = [
            (re.compile(r"^Tieto: .*2/2024: .*$"), self._row),
            (re.compile(r"^Kuukausi: .*$"), self._chart_row),
            (re.compile(r"Viivakaavio: .*"), self._alt),
            (re.compile(r"^Luvut: (\S+) ja (\S+?)\.$"), self._own_words),
        ]

    def read(self, files: Mapping[str, bytes]) -> Reader:
        """Read every file; gives the reader."""
        for name, data in files.items():
            if name.endswith("data.csv"):
                self._figures(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
            elif name.endswith("data.json"):
                record = json.loads(data)
                self._figures(record["figures"])
                self._lines([record["title"], *record["lead"]])
            else:
                lines = LINES.get(name.rpartition(".")[2], of_text)
                self._lines(lines(data))
        return self

    def narrowed(self) -> list[str]:
        """The small counts whose interval does not hold the whole of one to four."""
        self._rates_to_rows()
        small, out = self.town.small(), []
        for cells, rows in apart(small, [*self.town.rows(), *self.rows], self.known):
            for key, (low, high) in intervals(cells, rows, self.known, MOST).items():
                if not (low < 1 + 1e-5 and high > 4 - 1e-5):
                    out.append(f"{key[0]} {key[1]} {key[2]}: {low:.2f}-{high:.2f}")
        return [*out, *(f"{key[0]} {key[1]} {key[2]}: shown" for key in small if key in self.known)]

    def wrong(self) -> list[str]:
        """What was read and is not so: the reader's own mistakes."""
        truth = self.town.truth
        out = [f"{key}: {value}" for key, value in self.known.items() if truth.get(key) != value]
        self._rates_to_rows()
        for terms, low, high in self.rows:
            total = sum(times * float(truth[key]) for key, times in terms.items())
            if not low - 1e-6 <= total <= high + 1e-6:
                out.append(f"{terms}: {total}, {low}-{high}")
        return out

    def count(self, indicator: str, area: str, value: str, period: Period = AT) -> None:
        """A figure of an area in a period, as it is printed."""
        name = BY_NAME.get(indicator, indicator)
        bare = value.removesuffix("%").strip()
        if name in PAIRS:
            self.rates[name, period, area, ""] = _number(bare)
        else:
            self.known[name, period, area, ""] = _number(bare)

    def change(self, indicator: str, area: str, amount: Decimal, percent: Decimal | None, then: Period) -> None:
        """A change up to the month, with its per cent where that is told."""
        name = BY_NAME.get(indicator, indicator)
        now, before = (name, AT, area, ""), (name, then, area, "")
        if name in PAIRS:
            self.rate_changes.append((now, before, amount))
            return
        self.rows.append(({now: 1.0, before: -1.0}, float(amount), float(amount)))
        if percent is not None:
            self._percent(now, before, percent)

    def _percent(self, now: Key, before: Key, percent: Decimal) -> None:
        self.rows.append(({now: 100.0, before: -(100 + float(percent) - HALF)}, 0, float("inf")))
        self.rows.append(({now: 100.0, before: -(100 + float(percent) + HALF)}, float("-inf"), 0))

    def _rates_to_rows(self) -> None:
        for now, before, amount in 2 * self.rate_changes:
            if now in self.rates:
                self.rates[before] = self.rates[now] - amount
            elif before in self.rates:
                self.rates[now] = self.rates[before] + amount
        for (name, period, area, _), value in self.rates.items():
            part, whole = ((one, period, area, "") for one in PAIRS[name])
            if whole not in self.town.truth:
                whole = (whole[0], Period.year(period.first.year), area, "")
            low, high = (float(value) - HALF) / 100, (float(value) + HALF) / 100
            self.rows.append(({part: 1, whole: -low}, 0, float("inf")))
            self.rows.append(({part: 1, whole: -high}, float("-inf"), 0))

    def _figures(self, rows: Any) -> None:
        for row in rows:
            if row["value"] not in ("", None):
                self.count(row["indicator"], row["area"], str(row["value"]).replace(".", ","), Period.of(row["period"]))

    def _lines(self, lines: Any) -> None:
        for line in lines:
            rest = " ".join(line.replace("\u2212", "-").split())
            for pattern, use in self._rows:
                if found := pattern.search(rest):
                    rest = use(found) or ""
            rest = " ".join(map(self._said, re.split(r"(?<=\.) ", rest)))
            if re.search(r"\d", OTHERS.sub("", rest)):
                self.left.append(rest)

    def _said(self, sentence: str) -> str:
        """Read a sentence; it is about the main area unless it names another or goes on from the one before."""
        named = [one for one in self.town.plan.areas if re.search(rf"\b{one}\w*ss[aä]\b", sentence)]
        self._named = named
        if named or not sentence.startswith("Se on "):
            self._place = named[0] if named else self.main
        return SENTENCE.sub(self._sentence, sentence)

    def _sentence(self, found: re.Match[str]) -> str:
        """What a part of a sentence tells; the parts come in their order, and what one is about the next ones are."""
        told = {name: text for name, text in found.groupdict().items() if text}
        way = -1 if DOWN.search(found[0]) else 1
        if what := _first(told, "what"):
            self._spoken = SPOKEN.get(what.capitalize(), what.lower().removeprefix("sana-"))
        if level := _first(told, "level") or ("0" if "none" in told else ""):
            self.count(self._spoken, self._place, level)
        if amount := _first(told, "by"):
            percent = told.get("percent")
            then = BEFORE if "kuukautta" in found[0] else YEAR_AGO
            self.change(
                self._spoken, self._place, _number(amount) * way, _number(percent) * way if percent else None, then
            )
        for area in self._named if "alike" in told else ():
            self.rates[self._spoken, AT, area, ""] = _number(told["alike"])
        if "same" in told:
            self.change(self._spoken, self._place, Decimal(0), None, THEN[told["same"]])
        if "percent2" in told:
            now, before = ((self._spoken, at, self._place, "") for at in (AT, YEAR_AGO))
            self._percent(now, before, _number(told["percent2"]) * way)
        if "where" in told:
            area = next(one for one in self.town.plan.areas if told["where"].startswith(one[:4]))
            self.rates[self._spoken, AT, area, ""] = _number(told["there"])
        return ""

    def _row(self, found: re.Match[str]) -> None:
        cells = dict(one.split(": ", 1) for one in found[0].split("; "))
        name, area = cells.pop("Tieto").split(", ")
        if (value := cells.pop("2/2024")) not in UNTOLD:
            self.count(name, area, value)
        for head, text in cells.items():
            if text not in UNTOLD:
                self._changed(name, area, text, head)

    def _changed(self, name: str, area: str, text: str, head: str) -> None:
        then = THEN[head.split()[1].rstrip(",")]
        if head.endswith(", %"):  # a column of a workbook
            name = BY_NAME.get(name, name)
            self._percent((name, AT, area, ""), (name, then, area, ""), _number(text))
            return
        told = re.fullmatch(rf"([+-]?(?:{N}))(?: %-yks\.)?(?: \(([+-]?(?:{N})) %\))?", text)
        assert told, text
        self.change(name, area, _number(told[1]), _number(told[2]) if told[2] else None, then)

    def _chart_row(self, found: re.Match[str]) -> None:
        cells = dict(one.split(": ", 1) for one in found[0].split("; "))
        month = MONTHS.index(cells.pop("Kuukausi").removesuffix("kuu")) + 1
        for head, text in cells.items():
            at = Period.month(int(head[:4]), month)
            if text not in UNTOLD:
                self.count(PEOPLE, self.main, text, at)

    def _alt(self, found: re.Match[str]) -> str:
        for year, text in re.findall(r"(20\d\d) – (.*?)(?=20\d\d – |$)", found[0]):
            for names, value in NAMED.findall(text):
                for month in re.findall(r"(\w+)kuu", names):
                    self.count(PEOPLE, self.main, value, Period.month(int(year), MONTHS.index(month) + 1))
        rest = re.sub(r" ja \d+ muuta", "", NAMED.sub("", found[0]))
        return re.sub(rf"(?:nousua|laskua) (?:{N})(?: \((?:{N}) %\))?", "", rest)

    def _own_words(self, found: re.Match[str]) -> None:
        places = ((PEOPLE, self.town.plan.towns[-1]), (SERVED, self.main))
        for (indicator, area), text in zip(places, found.groups(), strict=True):
            if text not in UNTOLD:
                self.count(indicator, area, text)


def attacked(town: Town, files: Mapping[str, bytes]) -> list[str]:
    """The small counts that a reader of the files narrows down; every number is read, and read right."""
    reader = Reader(town).read(files)
    assert reader.left == []
    assert reader.wrong() == []
    return reader.narrowed()


def _first(told: Mapping[str, str], name: str) -> str:
    return next((text for key, text in told.items() if key.rstrip("1234567") == name), "")


def _number(text: str) -> Decimal:
    return Decimal(text.replace(" ", "").replace(",", ".").replace("+", ""))
