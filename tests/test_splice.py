"""Changes to a YAML text leave every other character as its author typed it."""

from __future__ import annotations

import re

import pytest

from reports.plan.splice import Splice
from reports.read.yaml import Path, read_yaml

TEXT = """\
# huomautus ennen kaikkea
title:  'Vuosi 2023'··
note: |
  # TARKISTA 2023: tämä on tekstiä
  toinen rivi

# TARKISTA 2023: tämä on huomautus
list:
-   name: 😀 äö
    # TARKISTA 2023: tämäkin
    value:
      seuraavalla rivillä
-   >-
    taitettu
    teksti
""".replace("·", " ")  # spaces at the end of a line


def splice(text: str = TEXT) -> Splice:
    tree, problems = read_yaml(text, "file.yaml")
    assert not problems
    return Splice(text, tree)


def test_without_changes_the_text_is_the_same() -> None:
    assert splice().result() == TEXT


@pytest.mark.parametrize(
    ("path", "raw"),
    [
        (("title",), "'Vuosi 2023'"),
        (("list", 0, "name"), "😀 äö"),
        (("list", 0, "value"), "seuraavalla rivillä"),
        (("list", 1), ">-\n    taitettu\n    teksti\n"),
    ],
)
def test_a_value_is_found_as_it_is_written_and_put_in_its_place(path: Path, raw: str) -> None:
    made = splice()
    assert made.raw(path) == raw
    made.put(path, "X")
    assert made.result() == TEXT.replace(raw, "X")


def test_remarks_stand_above_in_the_order_they_were_made_and_as_far_in() -> None:
    made = splice()
    made.remark(("list", 0, "value"), "yksi")
    made.remark(("list", 0, "value"), "kaksi")
    made.remark(("list", 1), "kolme")
    assert "    # yksi\n    # kaksi\n    value:\n" in made.result()
    assert "rivillä\n# kolme\n-   >-\n" in made.result()


@pytest.mark.parametrize("end", ["\n", ""])
def test_a_key_is_added_below_another_even_at_the_end_of_the_file(end: str) -> None:
    text = f"list:\n-   name: a\n    value: b{end}"
    made = splice(text)
    made.add_after(("list", 0, "value"), "added", "c")
    assert made.result() == "list:\n-   name: a\n    value: b\n    added: c\n"


def test_a_key_is_added_below_a_text_of_several_lines() -> None:
    made = splice()
    made.add_after(("note",), "added", "c")
    tree, problems = read_yaml(made.result(), "file.yaml")
    assert not problems
    assert isinstance(tree.data, dict)
    assert tree.data["added"] == "c"
    assert tree.data["note"] == "# TARKISTA 2023: tämä on tekstiä\ntoinen rivi"


def test_only_remarks_are_taken_out_not_texts_that_look_like_them() -> None:
    made = splice()
    made.drop_remarks(re.compile("TARKISTA 2023: "))
    lines = [line for line in TEXT.splitlines() if "huomautus" not in line or "ennen" in line]
    assert made.result().splitlines() == [line for line in lines if "tämäkin" not in line]
