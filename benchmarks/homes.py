"""Makes up a home of any size, in the formats of docs/data.md: for measuring how a build grows."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from pathlib import Path

WORDS = tomllib.loads((Path(__file__).parent / "plain" / "words.toml").read_text(encoding="utf-8"))
YEAR = 2021
FACTS = 60
GROUPS = list(WORDS["charts"]["ages"])
# A typed number would need a fact behind it, so the sentences with numbers stay with the plain report.
ENDINGS = [so for so in WORDS["so"] if not any(sign.isdigit() for sign in so)]


@dataclass(frozen=True)
class Size:
    """How many times the usual text (2,800 words), table rows (40) and figures (4)."""

    text: int = 1
    rows: int = 1
    figures: int = 1


def make(folder: Path, size: Size) -> None:
    """Write a home; the same size gives the same files."""
    chance = random.Random(YEAR)  # noqa: S311  made-up prose
    area = folder / "data" / "area"
    year = area / str(YEAR)
    year.mkdir(parents=True)
    files = {
        folder / "data" / "home.yaml": "area: area\nlanguage: fi\n",
        area / "area.yaml": _area(),
        area / "indicators.yaml": "".join(_indicators(size)),
        area / "sources.yaml": f"source:\n  title: {WORDS['title']}\n",
        year / "observations.csv": "indicator;period;group;value\n" + "".join(_observations(size, chance)),
        year / "annual.md": "".join([*_head(size), *_body(size, chance)]),
    }
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")


def _area() -> str:
    name = WORDS["who"][0].split()[0]
    who = f"organisation: {WORDS['who'][0]}\nmunicipality: {name}\nscope: {name}\n"
    return f"{who}areas:\n  - name: {name}\n    code: 999\n"


def _indicators(size: Size) -> list[str]:
    groups = "".join(f"    - {group}\n" for group in GROUPS)
    facts = [_indicator(f"fact-{n}") for n in range(FACTS)]
    figures = [_indicator(f"chart-{n}") + f"  groups:\n{groups}" for n in range(4 * size.figures)]
    return facts + figures


def _indicator(name: str) -> str:
    title = f"{WORDS['heads'][1]} {name}"
    return f"{name}:\n  name: {title}\n  unit: {WORDS['units'][0]}\n  decimals: 0\n  source: source\n"


def _observations(size: Size, chance: random.Random) -> list[str]:
    rows = [f"fact-{n};{YEAR};;{chance.randint(20, 3000)}\n" for n in range(FACTS)]
    for n in range(4 * size.figures):
        rows += [f"chart-{n};{YEAR};{group};{chance.randint(20, 900)}\n" for group in GROUPS]
    return rows


def _head(size: Size) -> list[str]:
    lines = ["---\n", f"title: {WORDS['title']}\n", "date: 2022-02-16\n", "facts:\n"]
    lines += [f"  f{n}: fact-{n} {YEAR}\n" for n in range(FACTS)]
    lines += ["figures:\n"]
    for n in range(4 * size.figures):
        lines += [f"  chart-{n}:\n    chart: age-distribution\n    data: chart-{n} {YEAR}\n"]
    lines += ["tables:\n  plan:\n    columns:\n", *(f"      - {head}\n" for head in WORDS["plan_heads"]), "    rows:\n"]
    for n in range(40 * size.rows):
        what, how, who = (WORDS[kind][n % len(WORDS[kind])] for kind in ("what", "how", "who"))
        lines += [f"      - {what} | {{{{ f{n % FACTS} }}}} {how} | {who}\n"]
    return [*lines, "---\n"]


def _body(size: Size, chance: random.Random) -> list[str]:
    lines = []
    for turn in range(size.text):
        for number, head in enumerate(WORDS["heads"]):
            lines += [f"## {head}{' uudelleen' * turn}\n", *(_paragraph(chance) for _ in range(4))]
            lines += [*(f"- {_sentence(chance)}\n" for _ in range(5)), "\n"]
            if turn == 0 and number in (1, 2, 5, 9):
                first = (1, 2, 5, 9).index(number) * size.figures
                lines += [f"![{head}](figure:chart-{n})\n\n" for n in range(first, first + size.figures)]
    return [*lines, f"![{WORDS['plan']}](table:plan)\n"]


def _paragraph(chance: random.Random) -> str:
    return f"{' '.join(_sentence(chance) for _ in range(3))} {{{{ f{chance.randrange(FACTS)} }}}}.\n\n"


def _sentence(chance: random.Random) -> str:
    who, did, what, how = (chance.choice(WORDS[kind]) for kind in ("who", "did", "what", "how"))
    return f"{who} {did} {what} {how}{chance.choice(ENDINGS)}."
