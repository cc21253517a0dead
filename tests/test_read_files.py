"""Single files read: encodings, CSV, YAML and texts, and that no bytes break a reader."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports import errors
from reports.messages import LANGUAGES, catalogue
from reports.read.csv import Columns, read_rows
from reports.read.decode import decode, excerpt, nearest
from reports.read.front_matter import cells_of, text_of
from reports.read.number import ReadingError, read_truth
from reports.read.yaml import quoted, read_yaml

COLUMNS = Columns(("indicator", "period", "area", "value", "note"), ("indicator", "value"))
SHORT = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def codes(problems) -> list[str]:
    return [one.code for one in problems]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", ["encoding"]),
        ("utf-16-le", ["encoding"]),
        ("utf-16-be", ["encoding"]),
        ("cp1252", ["encoding-windows"]),
    ],
)
def test_an_encoding_is_recognised_and_said(encoding: str, said: list[str]) -> None:
    text, problems = decode("name;note\nAlku;Kevään €-päivä\n".encode(encoding), "f.csv")
    assert (text, codes(problems)) == ("name;note\nAlku;Kevään €-päivä\n", said)
    assert all(one.warning for one in problems)


def test_line_ends_of_any_system_are_one() -> None:
    assert decode(b"a\r\nb\rc\nd", "f")[0] == "a\nb\nc\nd"


def test_many_forbidden_characters_are_named_a_few_times() -> None:
    text, problems = decode(b"a\x00b\n" * 50, "f.csv")
    assert text == "a b\n" * 50
    assert [(one.place.row, one.place.column) for one in problems] == [(row, 2) for row in range(1, 6)]


def test_a_quotation_in_a_message_stays_short_and_visible() -> None:
    assert excerpt("a\n  b\x07" + "c" * 100) == "a bU+0007" + "c" * 50 + "…"


def test_the_nearest_names_come_first_and_all_where_none_is_near() -> None:
    names = ["asiakkaat", "tyottomat", "toteuma"]
    assert nearest("tyotomat", names) == "tyottomat"
    assert nearest("xyz", names) == "asiakkaat, tyottomat, toteuma"
    assert nearest("xyz", map(str, range(9))) == "0, 1, 2, 3, 4, …"
    assert nearest("x", []) == "–"


def test_the_one_nearest_name_or_none() -> None:
    names = ["asiakkaat", "tyottomat", "toteuma"]
    assert errors.nearest("TYOTOMAT", names) == "tyottomat"
    assert errors.nearest("xyz", names) == errors.nearest("x", []) == ""
    assert errors.nearest("asiakkaat" * 1000, names) == ""


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_recognised(separator: str) -> None:
    data = "indicator,period,value,note\nasiakkaat,2021,800,\n".replace(",", separator).encode()
    rows, problems = read_rows(data, "f.csv", COLUMNS)
    assert (problems, rows[0].cells) == ([], {"indicator": "asiakkaat", "period": "2021", "value": "800", "note": ""})


def test_a_row_knows_its_place_past_empty_rows() -> None:
    rows, problems = read_rows(b'sep=;\nindicator;value\n;\n\n"a;b";"94,6"\n', "f.csv", COLUMNS)
    assert not problems
    assert (str(rows[0].place("value")), rows[0]["indicator"], rows[0]["value"]) == ("f.csv:5:value", "a;b", "94,6")
    assert rows[0]["area"] == ""


def test_an_open_quote_does_not_swallow_the_next_rows() -> None:
    rows, problems = read_rows(b'indicator;value\na;"1\nb;2\nc;3"\nd;4\n', "f.csv", COLUMNS)
    assert [row["indicator"] for row in rows] == ["b", "d"] or [row["indicator"] for row in rows] == ["b", "c", "d"]
    assert ("csv-quote", 2) in [(one.code, one.place.row) for one in problems]


def test_empty_columns_at_the_end_of_a_sheet_do_no_harm() -> None:
    rows, problems = read_rows(b"indicator;value;;\na;1;;\nb;2\n", "f.csv", COLUMNS)
    assert (len(rows), problems) == (2, [])


def test_without_a_required_column_there_are_no_rows_and_one_problem() -> None:
    rows, problems = read_rows(b"indicator;note\na;b\nc;d\n", "f.csv", COLUMNS)
    assert (rows, codes(problems)) == ([], ["column-missing"])


def test_rows_that_are_not_wanted_are_not_checked() -> None:
    rows, problems = read_rows(b"indicator,value\na,1\nb,2,3,4\n", "f.csv", COLUMNS, keep=lambda line: line[0] == "a")
    assert (len(rows), problems) == (1, [])


def test_every_scalar_is_the_text_that_was_written() -> None:
    text = (
        "code: 061\nanswer: no\ntime: 11:30\nday: 12.10\nmonth: 11/22\nempty:\nnothing: null\nmany: 1_000\nodd: 0o17\n"
    )
    tree, problems = read_yaml(text, "f.yaml")
    wanted = dict(line.split(":", 1) for line in text.splitlines())
    assert problems == []
    assert tree.data == {key: value.strip() for key, value in wanted.items()}


def test_values_and_keys_know_their_places() -> None:
    tree, _ = read_yaml("a:\n  - b: x\n    c: y\n", "f.yaml", above=1)
    assert str(tree.place(("a", 0, "c"))) == "f.yaml:4:8"
    assert str(tree.key_place(("a", 0, "c"))) == "f.yaml:4:5"
    assert str(tree.place(("a", 0, "missing"))) == "f.yaml:3:5"


def test_a_remark_on_its_own_line_or_behind_quotes_is_fine() -> None:
    assert read_yaml('# remark\na: "x # y"  # remark\nb:  # remark\n  c: x#y\n', "f.yaml") == (
        read_yaml('# remark\na: "x # y"  # remark\nb:  # remark\n  c: x#y\n', "f.yaml")[0],
        [],
    )


@pytest.mark.parametrize(
    "text", ["- " * 3000, "[" * 3000, "a:\n" + "".join(" " * n + "- \n" for n in range(200)), "? " * 500]
)
def test_depth_does_not_break_it(text: str) -> None:
    assert read_yaml(text, "f.yaml")[1]
    assert text_of(f"---\n{text}\n---\n".encode(), "f.md").problems


@pytest.mark.parametrize("text", [">35 %", "Talous: arvio", 'sanoi "joo"', "it's", "{{ a }}", "a # b", "\\n", "%"])
def test_the_quotes_that_are_advised_keep_the_text_whole(text: str) -> None:
    tree, problems = read_yaml(f"a: {quoted(text)}\n", "f.yaml")
    assert (tree.data, problems) == ({"a": text}, [])


def test_a_pipe_inside_a_fact_divides_no_cells() -> None:
    assert cells_of("Salo | {{ a | osuus(b) }} | {{ c }}") == ["Salo", "{{ a | osuus(b) }}", "{{ c }}"]
    assert cells_of("| x | |") == ["x", ""]


def test_a_text_knows_where_its_parts_stand() -> None:
    text = text_of("\n---\ntitle: T\nfacts:\n  alku: päivä a\n---\n## O\n".encode(), "f.md")
    assert (text.title, text.body, text.body_row) == ("T", "## O\n", 7)
    assert (text.facts, str(text.facts["alku"].place)) == ({"alku": "päivä a"}, "f.md:5:9")
    assert text.problems == ()


def test_one_fact_may_stand_where_a_list_may() -> None:
    text = text_of(b"---\ntitle: T\nfigures:\n  a:\n    chart: trend\n    data: x 2021\n---\n", "f.md")
    assert text.figures["a"].data == ("x 2021",)


def test_only_words_that_mean_yes_or_no_are_read() -> None:
    assert [read_truth(word) for word in ("yes", "No", "true", "false")] == [True, False, True, False]
    with pytest.raises(ReadingError):
        read_truth("1")


def said(problems) -> bool:
    """Whether every sentence can be said in both languages."""
    return all(catalogue(language).problem(one) for one in problems for language in LANGUAGES)


@SHORT
@given(st.binary(max_size=80))
def test_no_bytes_break_a_reader(data: bytes) -> None:
    assert said(text_of(data, "f.md").problems)
    assert said(text_of(b"---\n" + data + b"\n---\n", "f.md").problems)
    assert said(read_rows(data, "f.csv", COLUMNS)[1])


@SHORT
@given(st.text("ab:-#'\"[]{}&*!|>%@?,. \n\t\\ä\u2028\x0b0", max_size=60))
def test_no_text_breaks_the_yaml_reader(text: str) -> None:
    assert said(text_of(f"---\ntitle: T\n{text}\n---\n".encode(), "f.md").problems)


@SHORT
@given(st.text('indicator;value,\n"\t 2021-03.-', max_size=80))
def test_no_text_breaks_the_csv_reader(text: str) -> None:
    assert said(read_rows(f"indicator;value\n{text}".encode(), "f.csv", COLUMNS)[1])
