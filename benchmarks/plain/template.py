"""Makes the Word templates of the plain report, of the plain plan and of the plain month with python-docx.

usage: template.py FOLDER   (writes annual.docx, plan.docx and month.docx)
"""

import sys
import tomllib
from pathlib import Path

from docx import Document
from docx.shared import Cm, Pt

WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
BODY = [
    ("{%p for a in authors %}", None), ("{{ a }}", None), ("{%p endfor %}", None), ("{{ date }}", None),
    ("{%p for s in sections %}", None), ("{{ s.heading }}", "Heading 1"),
    ("{%p for b in s.blocks %}", None),
    ("{%p if b.t == 'p' %}", None), ("{{ b.text }}", None),
    ("{%p elif b.t == 'ul' %}", None), ("{%p for x in b['items'] %}", None), ("{{ x }}", "List Bullet"),
    ("{%p endfor %}", None),
    ("{%p else %}", None), ("{{ b.image }}", None), ("{{ b.caption }}", "Caption"), ("{%p endif %}", None),
    ("{%p endfor %}", None), ("{%p endfor %}", None),
]  # fmt: skip


def table(document, heads, widths):
    """A table with a bold heading row."""
    made = document.add_table(1, len(heads), style="Table Grid")
    for cell, head, width in zip(made.rows[0].cells, heads, widths, strict=True):
        cell.text = head
        cell.width = Cm(width)
        cell.paragraphs[0].runs[0].bold = True
    return made


def looped(cell, expression, style=None):
    """A paragraph for each item of a list."""
    cell.text = "{%p for x in " + expression + " %}"
    cell.add_paragraph("{{ x }}", style=style)
    cell.add_paragraph("{%p endfor %}")


def started():
    """An A4 document with its title."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Liberation Sans", Pt(11)
    document.add_heading("{{ title }}", 0)
    return document


def add_plan(document):
    """The plan's table."""
    document.add_heading(WORDS["plan"], 1)
    rows = table(document, WORDS["plan_heads"], (5.5, 7.5, 3.6))
    rows.add_row().cells[0].text = "{%tr for r in plan %}"
    for cell, key, style in zip(rows.add_row().cells, "mav", (None, "List Bullet", None), strict=True):
        looped(cell, f"r.{key}", style)
    rows.add_row().cells[0].text = "{%tr endfor %}"
    return document


def add_report(document):
    """The texts, charts and indicators of the annual report."""
    for text, style in BODY:
        document.add_paragraph(text, style=style)

    document.add_heading(WORDS["indicators"], 1)
    rows = table(document, WORDS["indicator_heads"], (7, 2, 2.2, 2.2, 3))
    rows.add_row().cells[0].text = "{%tr for r in indicators %}"
    for cell, key in zip(rows.add_row().cells, ("name", "unit", "target", "actual", "status"), strict=True):
        cell.text = "{{ r." + key + " }}"
    rows.add_row().cells[0].text = "{%tr endfor %}"
    return document


def add_month(document):
    """The page of a month: words, the chart, the table, the source."""
    words = WORDS["month"]
    for text in ("{{ text }}", "{{ image }}"):
        document.add_paragraph(text)
    rows = table(document, words["heads"], (7, 2.5, 3.5, 3.5))
    rows.add_row().cells[0].text = "{%tr for r in rows %}"
    for cell, key in zip(rows.add_row().cells, ("name", "now", "year", "month"), strict=True):
        cell.text = "{{ r." + key + " }}"
    rows.add_row().cells[0].text = "{%tr endfor %}"
    document.add_paragraph("{{ source }}", style="Caption")
    return document


def main(folder):
    """Write the templates."""
    folder = Path(folder)
    add_month(started()).save(folder / "month.docx")
    add_plan(add_report(started())).save(folder / "annual.docx")
    add_plan(started()).save(folder / "plan.docx")


if __name__ == "__main__":
    main(sys.argv[1])
