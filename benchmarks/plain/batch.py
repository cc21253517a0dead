"""The month of many areas the plain way, as a capable person writes it: pandas, pyplot, docxtpl; a page for each.

usage: batch.py FOLDER OUT [HOW MANY]   (FOLDER holds month.csv and month.docx)
"""

import io
import sys
import tomllib
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import pandas as pd
from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage

WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def chart(rows):
    """The unemployed month by month, this year and the two before it."""
    figure, axes = plt.subplots(figsize=(6.3, 3))
    for year, months in rows.groupby("year"):
        axes.plot([WORDS["charts"]["months"][m - 1] for m in months.month], months.unemployed, marker="o", label=year)
    axes.set_ylim(bottom=0)
    axes.grid(True, axis="y")
    axes.set_ylabel(WORDS["month"]["axis"])
    axes.legend()
    figure.tight_layout()
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=200)
    plt.close(figure)
    return picture


def text(value, digits=0):
    """A number as Finnish writes it."""
    return f"{value:,.{digits}f}".replace(",", " ").replace(".", ",")


def line(name, now, before, ago, digits=0):
    """A row of the table: a figure with its change in a year and in a month."""
    changes = [text(now - ago, digits), text(now - before, digits)]
    return {"name": name, "now": text(now, digits), "year": changes[0], "month": changes[1]}


def page(area, rows, template):
    """The page of an area."""
    rows = rows.assign(rate=rows.unemployed / rows.labour * 100)
    now, before, ago = rows.iloc[-1], rows.iloc[-2], rows.iloc[-13]
    change = now.unemployed - ago.unemployed
    names = WORDS["month"]["names"]
    return {
        "title": WORDS["month"]["title"].format(area=area, count=text(now.unemployed)),
        "text": WORDS["month"]["text"].format(
            count=text(now.unemployed),
            change=text(abs(change)),
            way=WORDS["month"]["ways"][int(change > 0)],
            rate=text(now.rate, 1),
            vacancies=text(now.vacancies),
        ),
        "image": InlineImage(template, chart(rows), width=Cm(15)),
        "rows": [
            line(names[0], now.unemployed, before.unemployed, ago.unemployed),
            line(names[1], now.rate, before.rate, ago.rate, 1),
            line(names[2], now.vacancies, before.vacancies, ago.vacancies),
        ],
        "source": WORDS["month"]["source"],
    }


folder, out = map(Path, sys.argv[1:3])
out.mkdir(parents=True, exist_ok=True)
areas = list(pd.read_csv(folder / "month.csv").groupby("area"))
for area, rows in areas[: int(sys.argv[3])] if len(sys.argv) > 3 else areas:
    template = DocxTemplate(folder / "month.docx")
    template.render(page(area, rows, template), autoescape=True)
    template.save(out / f"{area}.docx")
