"""The layout of the web page as an officer edits it: nothing is lost unsaid, and nothing gets out of the fence."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.document import Document
from reports.errors import Problem, ReportError
from reports.messages import catalogue
from reports.write import html, ledger
from reports.write.html_text import PageText
from reports.write.strings import strings
from tests.made_document import TEMPLATES, document, template


def spoilt(folder: Path, file: str, old: str, new: str) -> Path:
    """A folder with a copy of one layout file in which something is changed."""
    text = next(path for path in TEMPLATES.rglob(file)).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def problems_of(made: Document, *folders: Path) -> tuple[Problem, ...]:
    with pytest.raises(ReportError) as caught:
        html.write(made, template(*folders))
    for language in ("fi", "en"):
        assert all(catalogue(language).problem(problem) for problem in caught.value.problems)
    return caught.value.problems


# -- nothing is lost


def test_our_own_layout_uses_every_part():
    assert html.unused(template()) == ()


def test_a_layout_that_drops_lists_is_an_error_that_names_the_lost_text(tmp_path):
    folder = spoilt(
        tmp_path, "blocks.html.j2", 'block.kind == "list" %}{{ lists(block.tree) }}\n', 'block.kind == "list" %}\n'
    )
    problems = problems_of(document(), folder)
    lost = [problem.values["text"] for problem in problems]
    assert {problem.code for problem in problems} == {"text-lost"}
    assert lost[:3] == ["Lievän tuen tiimi", "Sisempi kohta", "Nuorten tiimi"]
    assert str(problems[0].place) == "templates/annual/report.html.j2"


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("{{ run.shown | whole }}", "{{ run.text | whole }}", "kuviossa 1"),
        ('<h2 id="{{ part.anchor }}">{{ part.heading }}</h2>', "", "Johdanto"),
        ("{% for row in block.rows %}", "{% for row in block.rows[1:] %}", "15–19"),
        ("{{ block.caption }}</figcaption>", "</figcaption>", "Asiakkaat ikäryhmittäin, maaliskuu 2021"),
        ("{{ block.svg }}", "", "Pylväskaavio 1"),
    ],
)
def test_what_a_layout_drops_is_noticed(tmp_path, old, new, lost):
    problems = problems_of(document(), spoilt(tmp_path, "blocks.html.j2", old, new))
    assert any(lost in problem.values["text"] for problem in problems)


def test_a_part_that_the_layout_never_names_is_left_out_on_purpose(tmp_path):
    text = (TEMPLATES / "annual" / "report.html.j2").read_text(encoding="utf-8")
    start, end = text.index("  {% if key_figures %}"), text.index("</header>")
    (tmp_path / "report.html.j2").write_text(text[:start] + text[end:], encoding="utf-8")
    assert html.unused(template(tmp_path)) == ("key_figures",)
    assert b"asiakasta" not in html.write(document(), template(tmp_path))


def test_the_ledger_counts():
    made = document()
    pieces = strings(made)
    assert ledger.missing(made, pieces) == []
    assert ledger.missing(made, [piece for piece in pieces if piece != "Yhteensä"]) == ["Yhteensä"] * pieces.count(
        "Yhteensä"
    )
    pieces.remove("lopullinen")
    assert ledger.missing(made, pieces) == ["lopullinen"]
    assert ledger.missing(made, pieces, {"title", "sections"}) == []


def test_reading_back_knows_where_a_piece_ends():
    lists = "<ul><li>d<ul><li>e</li></ul></li></ul>"
    page = f"<head><title>x</title></head><nav>y</nav><p>a <b>b</b>c</p>{lists}<td>1</td><td>2</td>"
    assert PageText(page).pieces == ["a bc", "d", "e", "1", "2"]


# -- the fence


@pytest.mark.parametrize(
    "payload",
    [
        "{{ ''.__class__ }}",
        "{{ title.__class__.__mro__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ title | attr('__class__') }}",
        "{{ title | safe }}",
        "{{ sections.append(1) }}",
        "{{ title.upper }}",
        "{{ sections }}",
        "{{ self.__init__ }}",
        "{% include '../../pyproject.toml' %}",
    ],
)
def test_a_layout_cannot_get_out(tmp_path, payload):
    folder = spoilt(tmp_path, "report.html.j2", "{{ title }}", "{{ title }}" + payload)
    problems = problems_of(document(), folder)
    assert problems[0].code.startswith("template-")


def test_an_unknown_name_is_told_with_its_line_and_the_nearest_name(tmp_path):
    folder = spoilt(tmp_path, "report.html.j2", "<h1>{{ title }}", "<h1>{{ titel }}")
    line = 1 + (folder / "report.html.j2").read_text(encoding="utf-8").split("titel")[0].count("\n")
    (problem,) = problems_of(document(), folder)
    assert problem.code == "template-name-near"
    assert problem.values == {"name": "titel", "near": "title"}
    assert (problem.place.file, problem.place.row) == (f"templates/{tmp_path.name}/report.html.j2", line)


def test_a_slip_in_a_shared_part_is_told_with_its_own_file(tmp_path):
    (problem,) = problems_of(
        document(), spoilt(tmp_path, "blocks.html.j2", "{{ block.text }}</p>", "{{ block.words }}</p>")
    )
    assert (problem.code, problem.values["name"]) == ("template-name", "words")
    assert problem.place.file.endswith("/blocks.html.j2")
    assert problem.place.row > 1


def test_a_syntax_slip_is_told_with_its_line(tmp_path):
    (problem,) = problems_of(document(), spoilt(tmp_path, "page.html.j2", "{% block body %}", "{% blok body %}"))
    assert problem.code == "template-fault"
    assert problem.place.file.endswith("/page.html.j2")
    assert problem.place.row > 1


def test_a_missing_layout_is_told():
    bare = template()._replace(folders=())
    with pytest.raises(ReportError) as caught:
        html.write(document(), bare)
    assert caught.value.problems[0].code == "template-missing"


def test_a_picture_from_elsewhere_is_refused(tmp_path):
    folder = spoilt(tmp_path, "report.html.j2", "<h1>", '<img src="https://example.org/logo.png" alt=""><h1>')
    assert [problem.code for problem in problems_of(document(), folder)] == ["picture-outside"]


def test_a_logo_beside_the_layout_goes_into_the_page(tmp_path):
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n")
    assert b'<img class="logo" src="data:image/png;base64,iVBORw0K"' in html.write(document(), template(tmp_path))


@pytest.mark.parametrize("name", ["safe", "attr", "format", "tojson", "xmlattr", "filesizeformat"])
def test_a_page_has_the_filters_of_a_word_template_and_no_others(name: str) -> None:
    from jinja2 import TemplateAssertionError

    from reports.write.sandbox import FILTERS, environment, printable

    with pytest.raises(TemplateAssertionError):
        environment(printable).from_string(f"{{{{ 'a' | {name} }}}}")
    assert environment(printable).filters.keys() == set(FILTERS)
