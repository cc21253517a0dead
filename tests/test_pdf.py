"""A written PDF is read back: conformance, words, structure, the look of long tables, faults of the layout."""

from __future__ import annotations

import os
import pickle
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pytest

from reports.document import (
    NBSP,
    Block,
    Cell,
    Column,
    Document,
    Entry,
    Figure,
    Heading,
    KeyFigure,
    List,
    Notice,
    Paragraph,
    Row,
    Run,
    Section,
    Table,
    strings,
    text_cell,
)
from reports.errors import ReportError
from reports.messages import catalogue
from reports.write.pdf import write
from reports.write.template import Template

THEME = {
    "ink": "#24303C", "accent": "#0F4C81", "grey": "#8795A3", "alert": "#B5451B", "hairline": "#C9D1D9",
    "tint": "#E8EEF4", "muted": "#4A5560", "font": "Source Sans Pro",
}  # fmt: skip
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 60"><rect width="90" height="60" fill="#0F4C81"/></svg>'
MARKUP = (
    "#pagebreak() *a* _b_ $x^2$ <label> @ref \"q\" 'q' -- --- ... [c] \\ // x /* y */ = h ~ `k` {{ z }} #{1+1} "
    "https://example.org/a_b * 1. + - \\u{41} &amp; <b>x</b>"
)
LETTERS = "åäö ÅÄÖ é šž ŠŽ čđŋŧ Ελληνικά Кириллица ✓ ✗ → ≥ − – — “q” ”q” ’ ½ € № ‰ 1\u202f000"


def words(*parts: str | Run) -> Paragraph:
    return Paragraph(tuple(Run(part) if isinstance(part, str) else part for part in parts))


def grid(name: str, rows: int, number: str = "") -> Table:
    columns = (Column("Group", "left", 0.6), Column("Persons", "right", 0.4))
    body = tuple(Row((text_cell(f"group {name} {k}"), text_cell(f"{k}{NBSP}000"))) for k in range(rows))
    total = Row((text_cell("All of them"), text_cell(f"99{NBSP}000")), total=True)
    label = "Table" if number else ""
    return Table(f"table-{name}", name, columns, (*body, total), label, number, f"Caption of {name}.")


def chart(name: str, number: str) -> Figure:
    alt = f"Column chart {name}: the largest group is the second, 356."
    data = grid(f"{name}-data", 2)
    return Figure(f"figure-{name}", "Figure", number, name, f"Drawing of {name}.", alt, SVG, b"", 160.0, 60.0, data)


def plan() -> Table:
    measures = List((Entry((Run("Plans are renewed"),)), Entry((Run("Deeper"),), 1), Entry((Run("Others"),))))
    goal = Cell((words(Run("1. Goal", strong=True)), words("All: over 40 %"), words("Young: over 35 %")))
    columns = (Column("Measure"), Column("Action"), Column("Who"))
    return Table("table-plan", "Plan", columns, (Row((goal, Cell((measures,)), text_cell(""))),), caption="The plan.")


def numbered(*numbers: str) -> List:
    return List(tuple(Entry((Run(f"Item {number}"),), int(number[0].isalpha()), number) for number in numbers))


def sample() -> Document:
    text = words(
        "See ", Run("chart", target="figure-age", number="1"), " and ", Run("table", target="table-towns", number="1"),
        ", ", Run("attachment", target="sources", number="1"), " or ", Run("the statistics", href="https://example.org/"),
        ". ", Run("Bold", strong=True), " and ", Run("slanted", emphasis=True), ".",
    )  # fmt: skip
    first = (text, words("Running text. " * 60), chart("age", "1"), Heading("A part", 2, "a-part"), grid("towns", 3, "1"))
    second = (
        Paragraph((Run("A lead."),), "lead"), numbered("1.", "2.", "a)", "b)", "3."), words("Between."),
        numbered("1.", "2."), Heading("Smaller", 2, "smaller"), Heading("Smallest", 3, "smallest"),
        Notice("A figure is missing here."), chart("status", "2"), Paragraph((Run("A note."),), "note"),
    )  # fmt: skip
    return Document(
        name="annual", title="Työllisyys & <T&K> 2021", subtitle="For the board", organisation="The town of Tuulola",
        date="16.2.2022", roles=("Head", "Coordinator"), language="fi", area="tuulola", period="2021",
        sections=(
            Section("first", "First things", first), Section("second", "Second things", second),
            Section("wide", "The plan on its side", (plan(),), landscape=True),
            Section("odd", f"Odd {MARKUP}", (words(MARKUP), words(LETTERS), List((Entry((Run(MARKUP),)),)))),
        ),
        attachments=(Section("sources", "Where the figures come from", (grid("sources", 80),), "Liite", "1"),),
        separate=("The follow-up", "The plan of next year"),
        notices=(Notice("Some figures are examples."),),
        key_figures=(KeyFigure(f"2{NBSP}842", "clients"), KeyFigure(f"−33{NBSP}%", "fewer"), KeyFigure("150", "each")),
        labels=catalogue("fi").part("document"),
    )  # fmt: skip


def only(*blocks: Block, title: str = "Only") -> Document:
    empty = replace(sample(), attachments=(), separate=(), notices=(), key_figures=())
    return replace(empty, sections=(Section("only", title, blocks),))


@pytest.fixture(scope="module")
def layout(root: Path) -> Template:
    return Template("annual", (root / "templates" / "annual", root / "templates" / "shared"), THEME)


@pytest.fixture(scope="module")
def written(layout: Template) -> bytes:
    return write(sample(), layout)


@pytest.fixture
def own(tmp_path: Path, layout: Template) -> Template:
    """A city's own layout folder before the program's."""
    folder = tmp_path / "templates" / "annual"
    folder.mkdir(parents=True)
    shutil.copy(layout.find("report.typ"), folder / "report.typ")
    return Template("annual", (folder, *layout.folders), THEME)


def changed(template: Template, old: str, new: str) -> Template:
    path = template.folders[0] / "report.typ"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return template


def problems_of(document: Document, template: Template) -> list[tuple[str, str]]:
    with pytest.raises(ReportError) as caught:
        write(document, template)
    return [(str(found.place), catalogue("en").problem(found)) for found in caught.value.problems]


def read(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf))


def tags(pdf: bytes, name: str = "") -> Iterator[pikepdf.Dictionary]:
    """The structure elements of a PDF in reading order, or those of one name."""

    def below(element: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid
                yield from below(kid)

    for element in below(read(pdf).Root.StructTreeRoot):
        if not name or element.S == f"/{name}":
            yield element


def squeezed(text: str) -> str:
    """Without spaces, line breaks and the soft hyphens of divided words."""
    return re.sub(r"[\s\u00ad\u202f]+", "", text)


def page_texts(pdf: bytes, pdftotext: str, folder: Path) -> list[str]:
    path = folder / "read.pdf"
    path.write_bytes(pdf)
    done = subprocess.run([pdftotext, "-raw", path, "-"], capture_output=True, check=True, encoding="utf-8")
    return [squeezed(text) for text in done.stdout.split("\f")[:-1]]


def body_text(document: Document, pages: list[str]) -> str:
    """The text of all pages without the running header and the footer, so that a paragraph may cross a page."""
    header = squeezed(document.organisation + document.title)
    footer = re.compile(re.escape(squeezed(document.date)) + rf"\d+/{len(pages)}$")
    return "".join(footer.sub("", text.removeprefix(header) if k else text) for k, text in enumerate(pages))


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A])
def test_validators_find_nothing(written: bytes, profile: page.ValidationProfile, tmp_path: Path) -> None:
    path = tmp_path / "annual.pdf"
    path.write_bytes(written)
    result = page.validate_pdf(str(path), profile=profile)
    assert [(failure.rule_id, failure.message) for failure in result.failures] == []


def test_every_string_of_the_document_can_be_read_back(written: bytes, pdftotext: str, tmp_path: Path) -> None:
    text = body_text(sample(), page_texts(written, pdftotext, tmp_path))
    wanted = strings(sample())
    assert len(wanted) > 100
    assert [one for one in wanted if squeezed(one) not in text] == []
    assert squeezed("kuvio").lower() not in squeezed(sample().title).lower()


def test_numbers_of_figures_tables_and_lists_are_the_documents_own(
    written: bytes, pdftotext: str, tmp_path: Path
) -> None:
    text = body_text(sample(), page_texts(written, pdftotext, tmp_path))
    for shown in ("Figure 1. Drawing of age.", "Table 1. Caption of towns.", "See chart 1 and table 1, attachment 1"):
        assert squeezed(shown) in text
    items = "1. Item 1. 2. Item 2. a) Item a) b) Item b) 3. Item 3. Between. 1. Item 1. 2. Item 2."
    assert squeezed(items) in text


def test_metadata_language_and_title(written: bytes) -> None:
    pdf = read(written)
    assert str(pdf.Root.Lang) == "fi-FI"
    assert str(pdf.docinfo["/Title"]) == sample().title
    assert str(pdf.docinfo["/Author"]) == sample().organisation
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20220216")
    assert pdf.open_metadata()["dc:title"] == sample().title


def test_bookmarks_hold_every_section_and_attachment(written: bytes) -> None:
    with read(written).open_outline() as outline:
        titles = [item.title for item in outline.root]
        below = [child.title for item in outline.root for child in item.children]
    sections = [section.heading for section in (*sample().sections, *sample().attachments)]
    assert [title for title in titles if title in sections] == sections
    assert below == ["A part", "Smaller"]


def test_structure_is_that_of_a_report(written: bytes) -> None:
    names = [str(tag.S) for tag in tags(written)]
    assert {"/Title", "/TOC", "/H1", "/H2", "/H3", "/L", "/Table", "/TH", "/Figure", "/Caption", "/Link"} <= set(names)
    assert [str(tag.Alt) for tag in tags(written, "Figure")] == [figure.alt for figure in sample().figures()]


def test_every_table_has_header_cells_with_scope(written: bytes) -> None:
    tables = list(tags(written, "Table"))
    assert len(tables) == len(sample().tables())
    heads = list(tags(written, "TH"))
    assert len(heads) == sum(len(table.columns) for table in sample().tables())
    assert all("/Scope" in str(head.A.keys()) or "Scope" in str(head.A) for head in heads)


def test_links_lead_into_the_document_and_out_of_it(written: bytes) -> None:
    notes = [note for leaf in read(written).pages for note in leaf.get("/Annots", [])]
    outside = [str(note.A.URI) for note in notes if "/A" in note and "/URI" in note.A]
    assert outside == ["https://example.org/"]
    assert len(notes) >= 5 + 3 + 1
    assert all(str(note.get("/Contents", "")) for note in notes)


def test_landscape_section_turns_its_page_and_keeps_the_header(written: bytes, pdftotext: str, tmp_path: Path) -> None:
    boxes = [[float(side) for side in leaf.mediabox] for leaf in read(written).pages]
    wide = [number for number, box in enumerate(boxes) if box[2] > box[3]]
    assert len(wide) == 1
    text = page_texts(written, pdftotext, tmp_path)[wide[0]]
    assert text.startswith(squeezed(sample().organisation))
    assert squeezed("The plan on its side") in text


def test_an_attachment_begins_a_page(written: bytes, pdftotext: str, tmp_path: Path) -> None:
    header = squeezed(sample().organisation + sample().title)
    heading = squeezed(sample().attachments[0].heading)
    assert any(text.startswith(header + heading) for text in page_texts(written, pdftotext, tmp_path))


def test_header_row_stands_on_every_page_of_a_long_table(layout: Template, pdftotext: str, tmp_path: Path) -> None:
    pages = page_texts(write(only(grid("long", 400)), layout), pdftotext, tmp_path)
    assert len(pages) > 8
    assert all("GroupPersons" in text for text in pages)
    text = "".join(pages)
    assert all(f"grouplong{k}{k}000" in text for k in range(400))


def test_a_short_table_is_not_divided(layout: Template, pdftotext: str, tmp_path: Path) -> None:
    for lines in range(20, 48, 3):
        before = [words(f"Line {k}.") for k in range(lines)]
        pages = page_texts(write(only(*before, grid("short", 6)), layout), pdftotext, tmp_path)
        assert [text.count("groupshort") for text in pages if "groupshort" in text] == [6]
        assert any("Captionofshort.GroupPersonsgroupshort0" in text for text in pages)


def test_a_caption_stays_with_its_figure_and_a_heading_with_its_text(
    layout: Template, pdftotext: str, tmp_path: Path
) -> None:
    for lines in range(24, 44, 4):
        before = [words(f"Line {k}.") for k in range(lines)]
        document = only(*before, Heading("Kept", 2, "kept"), chart("kept", "1"), words("After."))
        pdf = write(document, layout)
        pages = page_texts(pdf, pdftotext, tmp_path)
        assert any(re.search(r"KeptFigure1\.Drawingofkept\.", text) for text in pages)


def test_a_row_longer_than_a_page_runs_on(layout: Template, pdftotext: str, tmp_path: Path) -> None:
    table = Table("t", "t", (Column("A", share=0.1), Column("B", share=0.9)), (
        Row((text_cell("Kokonaiskustannusarviointi"), text_cell("word " * 3000))),
    ))  # fmt: skip
    pages = page_texts(write(only(table), layout), pdftotext, tmp_path)
    assert len(pages) > 2
    assert "".join(pages).count("word") == 3000


def test_a_jump_in_heading_levels_is_mended(layout: Template) -> None:
    pdf = write(only(Heading("Deep", 3, "deep")), layout)
    assert [str(tag.S) for tag in tags(pdf) if re.match(r"/H\d", str(tag.S))] == ["/H1", "/H2"]


@pytest.mark.parametrize(
    "document",
    [
        replace(only(), sections=(), subtitle="", roles=(), date="", organisation=""),
        only(Table("t", "t", (Column("A"), Column("B")), ())),
        only(Table("t", "t", (Column("A"),), (Row((Cell(()),)), Row((Cell((Paragraph(()),)),))))),
        only(words(""), words("å" * 400), title="Työllisyyspalvelutoimintakertomussuunnitelma" * 3),
        replace(only(words("x")), language="en"),
        replace(only(words("x")), language="sv", date="31.2.2022"),
    ],
    ids="empty no-rows empty-cells long-words english odd-date".split(),
)
def test_sparse_and_odd_documents_are_written(document: Document, layout: Template, tmp_path: Path) -> None:
    path = tmp_path / "odd.pdf"
    path.write_bytes(write(document, layout))
    assert page.validate_pdf(str(path), profile=page.ValidationProfile.PDF_UA_1).failures == []
    assert str(read(path.read_bytes()).Root.Lang)[:2] == document.language


def test_same_bytes_in_another_place_zone_and_locale(written: bytes, layout: Template, root: Path, tmp_path: Path) -> None:
    assert write(sample(), layout) == written
    given = tmp_path / "given.pickle"
    given.write_bytes(pickle.dumps((replace(sample(), labels=dict(sample().labels)), layout)))
    script = (
        "import pickle, sys, pathlib; sys.path.insert(0, sys.argv[1]); from reports.write.pdf import write; "
        "sys.stdout.buffer.write(write(*pickle.loads(pathlib.Path(sys.argv[2]).read_bytes())))"
    )
    env = os.environ | {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [sys.executable, "-c", script, root, given], cwd=tmp_path, env=env, capture_output=True, check=True
    )
    assert done.stdout == written


def test_a_fault_in_the_layout_is_told_with_its_place(own: Template) -> None:
    [(place, sentence)] = problems_of(sample(), changed(own, "#title(report.title)", "#title(report.titel)"))
    row = (own.folders[0] / "report.typ").read_text(encoding="utf-8").splitlines().index("#title(report.titel)") + 1
    assert place.startswith(f"templates/annual/report.typ:{row}:")
    assert "titel" in sentence


def test_a_syntax_fault_in_the_layout_is_told(own: Template) -> None:
    [(place, _)] = problems_of(sample(), changed(own, "#contents(", "#contents(("))
    assert place.startswith("templates/annual/report.typ:")


def test_an_unknown_font_is_an_error(layout: Template, own: Template) -> None:
    [(place, sentence)] = problems_of(sample(), replace(layout, theme={**THEME, "font": "No Such Sans"}))
    assert place == "templates/shared/theme.yaml"
    assert "No Such Sans" in sentence
    assert "Source Sans Pro" in sentence
    [(place, sentence)] = problems_of(sample(), changed(own, "#title(", '#text(font: "No Such Sans")[x]\n#title('))
    assert place.startswith("templates/annual/report.typ:")
    assert "no such sans" in sentence


def test_a_letter_that_no_font_has_is_an_error(layout: Template) -> None:
    [(_, sentence)] = problems_of(only(words("中 and 文")), layout)
    assert "中, 文" in sentence


def test_the_layout_cannot_read_the_disk(own: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for path in ("/secret.txt", "../secret.txt", "secret.txt"):
        own = changed(own, "#title(report.title)", f'#title(report.title)\n#read("{path}")')
        assert problems_of(sample(), own)
        changed(own, f'\n#read("{path}")', "")


def test_a_missing_layout_is_told(tmp_path: Path) -> None:
    [(place, _)] = problems_of(sample(), Template("annual", (tmp_path,), THEME))
    assert place == "templates/annual/report.typ"


def test_a_city_changes_colour_font_size_and_logo(own: Template, layout: Template, written: bytes) -> None:
    (own.folders[0] / "logo.svg").write_text(SVG, encoding="utf-8")
    changed(own, "// #place(top + end", "#place(top + end")
    changed(own, "25pt", "31pt")
    pdf = write(sample(), replace(own, theme={**THEME, "accent": "#7A1FA2"}))
    assert len(list(tags(pdf, "Figure"))) == len(list(tags(written, "Figure"))) + 1
    assert pdf != written


def test_a_citys_own_font_is_used(own: Template) -> None:
    from importlib.util import find_spec

    spec = find_spec("matplotlib")
    assert spec
    assert spec.origin
    fonts = own.folders[0] / "fonts"
    fonts.mkdir()
    for name in ("STIXGeneral.ttf", "STIXGeneralBol.ttf"):
        shutil.copy(Path(spec.origin).parent / "mpl-data/fonts/ttf" / name, fonts / name)
    pdf = write(sample(), replace(own, theme={**THEME, "font": "STIXGeneral"}))
    used = {str(font.BaseFont) for leaf in read(pdf).pages for font in leaf.Resources.Font.values()}
    assert any("STIXGeneral" in name for name in used)
    assert not any("SourceSans" in name for name in used)


def seconds(document: Document, template: Template) -> float:
    start = time.perf_counter()
    write(document, template)
    return time.perf_counter() - start


def test_time_grows_no_faster_than_the_text(layout: Template) -> None:
    def long(sections: int) -> Document:
        parts = [
            Section(f"s{k}", f"Part {k}", tuple(words(f"Word {k} {j}. " * 40) for j in range(4))) for k in range(sections)
        ]
        return replace(only(), sections=tuple(parts))

    write(sample(), layout)
    short = min(seconds(long(n), layout) for n in (10, 11, 12))
    assert min(seconds(long(n), layout) for n in (100, 101)) < 12 * short
