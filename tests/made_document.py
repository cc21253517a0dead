"""A made-up report and plan with every kind of block, and the program's own layouts: what the writers' tests write."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from ruamel.yaml import YAML

from reports.document import (
    NBSP,
    Block,
    Cell,
    Column,
    Document,
    Entry,
    Figure,
    Goal,
    GoalRow,
    Goals,
    Heading,
    KeyFigure,
    List,
    Notice,
    Paragraph,
    Row,
    Run,
    Section,
    Table,
    text_cell,
)
from reports.messages import catalogue
from reports.write.template import Template

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="453pt" height="209pt" viewBox="0 0 453 209" version="1.1">'
    '<defs><style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style></defs>'
    '<g id="%s-bars"><path d="M 0 209 L 453 0 z" style="fill: #0f4c81"/><path d="M 0 0 z" fill="#FFFFFF"/></g></svg>'
)


def theme() -> dict[str, str]:
    """The theme as the program's own theme.yaml has it."""
    found = YAML(typ="safe").load(TEMPLATES / "shared" / "theme.yaml")
    return {name: str(value) for name, value in found.items()}


def template(*before: Path, name: str = "annual") -> Template:
    """The layout of a report; folders given here are looked into first."""
    return Template(name, (*before, TEMPLATES / name, TEMPLATES / "shared"), theme())


def paragraph(*parts: str | Run) -> Paragraph:
    """A paragraph of plain words and runs."""
    return Paragraph(tuple(Run(part) if isinstance(part, str) else part for part in parts))


def numbers(anchor: str, label: str = "", number: str = "", caption: str = "") -> Table:
    """A table of three groups and a sum, with shares."""
    groups = (("15–19", "92", "3,5"), ("20–24", "318", "12,2"), ("alle <5 & T&K", f"2{NBSP}198", "84,3"))
    rows = [_row(*group) for group in groups]
    total = replace(_row("Yhteensä", f"2{NBSP}608", "100,0"), total=True)
    columns = (Column("Ikäryhmä", "left", 0.5), Column("Henkilöä", "right", 0.25), Column("Osuus", "right", 0.25))
    return Table(anchor, "Asiakkaat ikäryhmittäin", columns, (*rows, total), label, number, caption)


def _row(name: str, count: str, share: str) -> Row:
    whole = Decimal(count.replace(NBSP, ""))
    part = Decimal(share.replace(",", "."))
    return Row((text_cell(name), text_cell(count, whole), text_cell(f"{share}{NBSP}%", part, 1)))


def figure(name: str, number: str) -> Figure:
    """A drawn chart with its numbers."""
    caption = "Asiakkaat ikäryhmittäin, maaliskuu 2021, henkilöä. Lähde: kaupunki. Esimerkkiaineisto."
    alt = f"Pylväskaavio {number}: suurin ryhmä 318 & pienin 92."
    table = numbers(f"figure-{name}-data")
    return Figure(f"figure-{name}", "Kuvio", number, table.title, caption, alt, SVG % name, b"", 160, 74, table, name)


def lists() -> tuple[List, List]:
    """A bulleted list and a numbered one, both with a list inside."""
    bullets = List(
        (Entry((Run("Lievän tuen tiimi"),)), Entry((Run("Sisempi kohta"),), 1), Entry((Run("Nuorten tiimi"),)))
    )
    steps = ((0, "3.", "jatkuu"), (0, "4.", "sitten"), (1, "a)", "sisempi"), (1, "b)", "toinen"), (0, "5.", "lopuksi"))
    return bullets, List(tuple(Entry((Run(text),), level, number) for level, number, text in steps))


def sources() -> Section:
    """The attachment: a wide table of text cells, one empty, one with a list in it."""
    columns = tuple(Column(name, "left", 0.2) for name in ("Tieto", "Arvo", "Ajankohta", "Tila", "Lähde"))
    nested = Cell((paragraph("Kaksi osaa:"), List((Entry((Run("ensimmäinen osa"),)), Entry((Run("toinen osa"),))))))
    rows = (
        Row(tuple(map(text_cell, ("=1+1", f"2{NBSP}608 henkilöä", "3/2021", "lopullinen", "@rekisteri")))),
        Row((text_cell("-2+3"), nested, text_cell(""), text_cell("061"), text_cell("https://example.org"))),
    )
    table = Table("sources", "Raportin luvut", columns, rows, caption="Raportin luvut.")
    return Section("attachment-sources", "Lukujen lähteet", (paragraph("Luvut lähteineen."), table), "Liite", "1")


def goals() -> Goals:
    """The goals of a plan: numbered rows, lists in cells, signs that mean something elsewhere, a cell without words."""
    steps = List((Entry((Run("Yhteydenotto <5 pv alusta"),)), Entry((Run("T&K-palvelut mukaan"),), 1)))
    counted = List((Entry((Run("Kartoitus"),), 0, "1."), Entry((Run("Suunnitelma"),), 0, "2.")))
    customers = GoalRow(
        "1. Asiakasmäärä",
        (
            paragraph(f"Asiakkaita alle 2{NBSP}900 (11/2022: 2{NBSP}621 henkilöä)"),
            paragraph("Alle 25-vuotiaita < 50 %"),
        ),
        (paragraph("Panostetaan alkuun:"), steps),
        (paragraph("Koordinaattori"), paragraph("Tiimit osaltaan")),
    )
    contacts = GoalRow("2. Tapaamiset", (counted,), (paragraph("Ajat sovitaan heti."),), (paragraph(""),))
    events = GoalRow(
        "1. Tapahtumia 1/kk", (paragraph("Kävijöitä kasvava määrä"),), (paragraph("Infot."),), (paragraph("Viestintä"),)
    )
    return Goals(
        (
            Goal("goal-palvelu", "Tavoite 1. Palvelu nopeutuu & paranee", "tapaamiset, työote", (customers, contacts)),
            Goal("goal-viesti", "Tavoite 2. Palvelut tunnetaan", "", (events,)),
        )
    )


def plan() -> Section:
    """The attachment that lies on its side: an action plan."""
    return Section("attachment-plan", "Suunnitelma 2022", (goals(),), "Liite", "2", landscape=True)


def sections() -> tuple[Section, ...]:
    """The body: text with looks and references, figures, a table, lists, notices."""
    references = (
        Run("kuviossa", target="figure-ika", number="1"),
        Run("taulukosta", target="table-kunnat", number="1"),
        Run("liitteestä", target="attachment-sources", number="1"),
    )
    text = paragraph(
        "Katso ", references[0], " ja ", references[1], " sekä ", references[2], ". Alle <5 pv, T&K ja {{ 7*7 }}, ",
        Run("tärkeää", strong=True), " ja ", Run("korostettua", emphasis=True), ", ",
        Run("tilaston sivut", href="https://example.org/?a=1&b=2"), ".",
    )  # fmt: skip
    lead = Paragraph((Run("Vuosi lyhyesti."),), "lead")
    table = numbers("table-kunnat", "Taulukko", "1", "Siirtyneet asiakkaat. Lähde: kaupunki.")
    middle: tuple[Block, ...] = (figure("ika", "1"), paragraph("Välissä."), figure("tila", "2"), table)
    return (
        Section("johdanto", "Johdanto", (lead, text)),
        Section("asiakkaat", "Asiakkaat & palvelut", middle),
        Section(
            "henkilosto", "Henkilöstö", (Heading("Tiimit", 2, "tiimit"), *lists(), Heading("Tarkemmin", 3, "osat"))
        ),
        Section("talous", "Talous", (Notice("Tästä puuttuu tieto."), Paragraph((Run("Huomautus."),), "note"))),
    )


def document() -> Document:
    """The whole report."""
    return Document(
        "annual",
        "Työllisyys & kokeilu 2021",
        "Vuosiraportti",
        "Mallikaupunki <työllisyyspalvelut>",
        "16.2.2022",
        ("Esimies", "Koordinaattori"),
        "fi",
        "malli",
        "2021",
        sections(),
        (sources(),),
        ("Toimintasuunnitelma 2022",),
        (Notice("Asiakirjassa on esimerkkiaineistoa."),),
        (KeyFigure(f"2{NBSP}842", "asiakasta"), KeyFigure(f"−33{NBSP}%", "työttömien määrä")),
        catalogue("fi").part("document"),
        "2022-02-16",
    )


def with_plan() -> Document:
    """The whole report with an attachment on its side, the plan, between two upright ones."""
    last = replace(sources(), anchor="attachment-last", number="3")
    return replace(document(), attachments=(sources(), plan(), last))
