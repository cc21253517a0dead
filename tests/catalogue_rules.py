"""The rules of the catalogue as functions: each takes files by path and gives back what breaks the rule."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from tests.house_rules import Files, literals

# Tables of words a user types, in each language its own: what they stand for must agree, not the words.
VOCABULARIES = ("facts.words", "facts.filters")
# How dates, numbers and short names are put together; a language uses the parts it needs.
FORMS = ("language", "chart.trend.axis-")
# Click's own sentences: a language may leave a part of the English one out.
CLICK = "click."


def catalogues(files: Files) -> dict[str, dict[str, str]]:
    """The sentences of each language by dotted key; lists are joined. A language may have several files."""
    found: dict[str, dict[str, str]] = {}
    for path, text in sorted(files.items()):
        if match := re.search(r"(fi|en)\.toml$", path):
            found.setdefault(match[1], {}).update(_sentences(text))
    return found


def _sentences(text: str) -> dict[str, str]:

    def walk(table: dict[str, Any], before: str) -> Iterator[tuple[str, str]]:
        for key, value in table.items():
            if isinstance(value, dict):
                yield from walk(value, f"{before}{key}.")
            else:
                yield f"{before}{key}", value if isinstance(value, str) else " ".join(map(str, value))

    return dict(walk(tomllib.loads(text), ""))


def unlike_catalogues(files: Files) -> list[str]:
    """Keys that one language lacks, words it has no word for, and sentences whose {names} differ between languages."""
    first, *others = catalogues(files).values()
    unlike = []
    for other in others:
        unlike += sorted(key for key in first.keys() ^ other.keys() if not key.startswith((*VOCABULARIES, *FORMS)))
        unlike += [table for table in VOCABULARIES if _meanings(first, table) != _meanings(other, table)]
        both = sorted(key for key in first.keys() & other.keys() if not key.startswith((*VOCABULARIES, *FORMS)))
        unlike += [key for key in both if _unlike(key, _names(first[key]), _names(other[key]))]
    return unlike


def _unlike(key: str, first: set[str], other: set[str]) -> bool:
    return bool(other - first) if key.startswith(CLICK) else first != other


def _meanings(sentences: Mapping[str, str], table: str) -> set[str]:
    return {value for key, value in sentences.items() if key.startswith(f"{table}.")}


def _names(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def codes_without_sentence(files: Files) -> list[str]:
    """Problem codes raised in the program for which a catalogue has no sentence."""
    languages = catalogues(files).values()
    return [
        f"{path}: {code}"
        for path, text in files.items()
        if path.endswith(".py")
        for code in _codes(ast.parse(text, path))
        if not all(f"problem.{code}" in sentences for sentences in languages)
    ]


def _codes(tree: ast.AST) -> Iterator[str]:
    """The first argument of problem("..."), warning("...") and SomeError("...") where it has the shape of a code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name, code = ast.unparse(node.func).rpartition(".")[2], node.args[0].value
            raises = name in {"problem", "warning", "Problem"} or name.endswith("Error")
            if raises and isinstance(code, str) and re.fullmatch(r"[a-z]+(-[a-z]+)*", code):
                yield code


def dead_sentences(files: Files) -> list[str]:
    """Sentences of problems that no line of the program can say."""
    texts = [text for path, text in files.items() if path.endswith(".py")]
    said = {value for text in texts for _, value in literals(text)}
    made = re.compile("|".join(sorted({shape for text in texts for shape in _shapes(text)})) or "(?!)")
    keys = sorted({key for sentences in catalogues(files).values() for key in sentences})
    codes = [key.removeprefix("problem.") for key in keys if key.startswith("problem.")]
    return [code for code in codes if code not in said and not made.fullmatch(code)]


def _shapes(text: str) -> Iterator[str]:
    """What codes put together from parts look like: f"unknown-{kind}" gives `unknown-[a-z-]+`."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "*" for part in node.values]
            shape = "".join(map(str, parts))
            if re.fullmatch(r"[a-z*]+(-[a-z*]+)+", shape) and len(shape.replace("*", "")) > 3:
                yield shape.replace("*", "[a-z-]+")
