"""Makes up the work of the plain report: 2,800 words, four charts, 15 indicators and a plan of 40 rows.

usage: content.py FOLDER   (writes content.json and stats.csv; the same ones every time)
"""

import csv
import json
import random
import sys
import tomllib
from pathlib import Path

WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
CHART_OF_SECTION = {1: "ages", 2: "search", 5: "months", 9: "goals"}

chance = random.Random(2021)  # noqa: S311  made-up prose


def sentence() -> str:
    """One sentence of made-up prose."""
    who, did, what, how, so = (chance.choice(WORDS[kind]) for kind in ("who", "did", "what", "how", "so"))
    return f"{who} {did} {what} {how}{so}."


def paragraph(sentences: int) -> dict:
    """A paragraph block."""
    return {"t": "p", "text": " ".join(sentence() for _ in range(sentences))}


def section(number: int, heading: str) -> dict:
    """A chapter: four paragraphs, a list, and a chart in some."""
    blocks = [paragraph(chance.randint(2, 4)) for _ in range(3)]
    blocks.append({"t": "ul", "items": [sentence() for _ in range(5)]})
    blocks.append(paragraph(3))
    if chart := CHART_OF_SECTION.get(number):
        blocks.append({"t": "fig", "id": chart, "caption": WORDS["captions"][chart]})
    return {"heading": heading, "blocks": blocks}


def indicator(number: int) -> dict:
    """A row of the indicator table."""
    target = chance.randint(20, 300)
    actual = int(target * chance.uniform(0.7, 1.2))
    name = f"{number}. {chance.choice(WORDS['what']).capitalize()}"
    unit = chance.choice(WORDS["units"])
    return {"name": name, "unit": unit, "target": target, "actual": actual, "status": WORDS["done"][actual < target]}


def plan_row(number: int) -> dict:
    """A row of the plan: what is measured, three actions, two who answer for it."""
    what = f"{number}. {chance.choice(WORDS['what']).capitalize()} ({WORDS['goal']} < {chance.randint(10, 90)} %)"
    actions = [sentence() for _ in range(3)]
    return {"m": [what, sentence()], "a": actions, "v": [chance.choice(WORDS["who"]) for _ in range(2)]}


def statistics(indicators: list[dict]) -> list[list]:
    """The numbers of the four charts: chart, label and two values."""
    charts = WORDS["charts"]
    rows = [[name, label, value, ""] for name in ("ages", "search") for label, value in charts[name].items()]
    for i, month in enumerate(charts["months"]):
        rows.append(["months", month, 2842 - 20 * i + chance.randint(-60, 60), 1700 - 25 * i + chance.randint(-50, 50)])
    return rows + [["goals", row["name"][:28], row["target"], row["actual"]] for row in indicators]


def main(folder: Path) -> None:
    """Write both files."""
    content = {key: WORDS[key] for key in ("title", "date", "authors")}
    content["sections"] = [section(number, heading) for number, heading in enumerate(WORDS["heads"])]
    content["indicators"] = [indicator(number) for number in range(1, 16)]
    content["plan"] = [plan_row(number) for number in range(1, 41)]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "content.json").write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    with (folder / "stats.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["chart", "label", "a", "b"], *statistics(content["indicators"])])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
