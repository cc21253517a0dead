"""An annual report or an action plan the plain way, as a capable person writes it: pandas, pyplot, docxtpl.

usage: report.py annual|plan FOLDER TEMPLATE OUT
"""

import io
import json
import sys
import tomllib
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import pandas as pd
from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage

WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))["charts"]


def save(figure):
    """A finished chart as PNG."""
    figure.tight_layout()
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=200)
    plt.close(figure)
    return picture


def bars(data, colour, rotation=0):
    """Customers by group."""
    figure, axes = plt.subplots(figsize=(6.3, 3.5))
    axes.bar_label(axes.bar(data.label, data.a.astype(float), color=colour))
    axes.tick_params(axis="x", rotation=rotation)
    axes.set_ylabel(WORDS["axis"])
    return save(figure)


def months(data):
    """Customers and unemployed month by month."""
    figure, axes = plt.subplots(figsize=(6.3, 3.5))
    axes.plot(data.label, data.a.astype(float), marker="o", label=WORDS["pair"][0])
    axes.plot(data.label, data.b.astype(float), marker="s", label=WORDS["pair"][1])
    axes.grid(True, axis="y")
    axes.legend()
    return save(figure)


def goals(data):
    """Targets and outcomes."""
    figure, axes = plt.subplots(figsize=(6.3, 4.6))
    places = range(len(data))
    axes.barh([i - 0.2 for i in places], data.a.astype(float), 0.4, label=WORDS["goals"][0], color="#bbbbbb")
    axes.barh([i + 0.2 for i in places], data.b.astype(float), 0.4, label=WORDS["goals"][1], color="#1f5fa8")
    axes.set_yticks(list(places), data.label, fontsize=7)
    axes.invert_yaxis()
    axes.legend()
    return save(figure)


CHARTS = {
    "ages": lambda data: bars(data, "#1f5fa8"),
    "search": lambda data: bars(data, "#3b7d4f", rotation=35),
    "months": months,
    "goals": goals,
}

kind, folder, template_file, out = sys.argv[1:]
context = json.loads(Path(folder, "content.json").read_text(encoding="utf-8"))
numbers = pd.read_csv(Path(folder, "stats.csv"))
template = DocxTemplate(template_file)
for section in context["sections"] if kind == "annual" else ():
    for block in section["blocks"]:
        if block["t"] == "fig":
            picture = CHARTS[block["id"]](numbers[numbers.chart == block["id"]])
            block["image"] = InlineImage(template, picture, width=Cm(16))
template.render(context, autoescape=True)
template.save(out)
