"""Prints facts into text: `{{ name | filter(other) }}` becomes a finished number, and what was printed is remembered."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from reports import facts
from reports.errors import Place, Problem, problem
from reports.facts import Fact, FactError
from reports.finnish import Language
from reports.model import Dataset
from reports.text import Placed

if TYPE_CHECKING:
    from jinja2 import nodes

FIRST = 0xF0000  # supplementary private use: one character stands for one printed fact while Markdown is read
EXPRESSION = re.compile(r"\{\{(.*?)\}\}")
TAG = re.compile(r"\{[%#]|[%#]\}|\{\{|\}\}")

CALCULATIONS: Mapping[str, Callable[..., Fact]] = {
    "share": facts.share,
    "change": facts.change,
    "difference": facts.difference,
    "change_percent": facts.change_percent,
    "difference_percent": facts.difference_percent,
    "ratio": facts.ratio,
    "plus": facts.plus,
    "minus": facts.minus,
    "millions": facts.millions,
    "precision": facts.precision,
}


@dataclass(frozen=True, slots=True)
class Printed:
    """A fact as it stands in the text, and where the text says it."""

    expression: str
    text: str
    fact: Fact
    place: Place


class FactPrinter:
    """The named facts of one text, printed in one language.

    `cut` replaces every `{{ ... }}` of a line by one private character, `put` gives the printed text for them again;
    between the two a line may be read as Markdown without a value ever being taken for markup.
    """

    def __init__(self, named: Mapping[str, Fact], dataset: Dataset, language: Language) -> None:
        self.named = named
        self.dataset = dataset
        self.language = language
        self.printed: list[Printed] = []
        self.problems: list[Problem] = []

    def cut(self, line: str, place: Place) -> str:
        """The line with its facts cut out; what cannot be printed becomes a problem at its column."""

        def one(match: re.Match[str]) -> str:
            where = replace(place, column=match.start() + 1)
            try:
                text, fact = self.evaluate(match[1].strip())
            except FactError as error:
                self.problems.append(Problem(error.code, where, {"expression": match[1].strip(), **error.values}))
                return ""
            self.printed.append(Printed(match[1].strip(), text, fact, where))
            return chr(FIRST + len(self.printed) - 1)

        out = EXPRESSION.sub(one, line)
        if left := TAG.search(out):
            self.problems.append(problem("text-tag", place.file, place.row, left.start() + 1, found=left[0]))
        return out

    def put(self, text: str) -> str:
        """The text with the printed facts in their places."""
        return PLACEHOLDER.sub(lambda match: self.printed[ord(match[0]) - FIRST].text, text)

    def text(self, source: str, place: Place) -> str:
        """A whole line with its facts printed."""
        return self.put(self.cut(source, place))

    def fact_at(self, placeholder: str) -> Fact:
        """The fact that a placeholder stands for."""
        return self.printed[ord(placeholder) - FIRST].fact

    def only(self, cut: str) -> Fact | None:
        """The fact of a cut text that holds one fact and nothing else, for a table cell."""
        return self.fact_at(cut.strip()) if PLACEHOLDER.fullmatch(cut.strip()) else None

    def evaluate(self, expression: str) -> tuple[str, Fact]:
        """The printed text of an expression and the fact behind it; raises FactError."""
        found = self._walk(_parse(expression))
        if isinstance(found, Fact):
            return self.show(found), found
        if isinstance(found, tuple):
            return found
        raise FactError("fact-expression", found=expression)

    def show(self, fact: Fact) -> str:
        """A fact as text: a number with its unit, a date, or the mark of an unknown value."""
        if fact.is_date:
            return self.language.when(fact.period)
        if fact.value is None:
            return fact.mark
        return self.language.number(fact.value, fact.decimals, fact.unit, fact.signed)

    def _walk(self, node: nodes.Node) -> Any:
        from jinja2 import nodes

        match node:
            case nodes.Name():
                if node.name not in self.named:
                    raise FactError("unknown-fact", found=node.name, nearest=facts.nearest(node.name, self.named))
                return self.named[node.name]
            case nodes.Const() if isinstance(node.value, int):
                return node.value
            case nodes.Filter() if node.node is not None and not node.kwargs:
                return self._filter(node.name, self._walk(node.node), [self._walk(argument) for argument in node.args])
        raise FactError("fact-expression", found=type(node).__name__)

    def _filter(self, word: str, subject: Any, arguments: list[Any]) -> Any:
        names = facts.words("filters")
        if word not in names:
            raise FactError("unknown-filter", found=word, nearest=facts.nearest(word, names))
        if not isinstance(subject, Fact):
            raise FactError("filter-order", found=word)
        name = names[word]
        if name not in CALCULATIONS:
            return self._word(name, subject), subject
        try:
            return CALCULATIONS[name](subject, *arguments)
        except (TypeError, AttributeError):
            raise FactError("filter-arguments", found=word) from None

    def _word(self, name: str, fact: Fact) -> str:
        if name == "year":
            return str(fact.period.first.year)
        if name.startswith("month_"):
            return self.language.month(fact.period, name)
        area = self.dataset.area(fact.area)
        if area is None:
            raise FactError("filter-place", found=name)
        return self.language.place(area, name)


PLACEHOLDER = re.compile(f"[{chr(FIRST)}-{chr(FIRST + 0xFFFD)}]")


def name_facts(notations: Mapping[str, Placed], dataset: Dataset) -> tuple[dict[str, Fact], list[Problem]]:
    """The facts of a text's `facts` table by name, and a problem for each that cannot be given."""
    found: dict[str, Fact] = {}
    problems: list[Problem] = []
    for name, notation in notations.items():
        try:
            found[name] = facts.resolve(notation, dataset)
        except FactError as error:
            problems.append(Problem(error.code, notation.place, {"expression": notation, **error.values}))
    return found, problems


@cache
def _environment() -> Any:
    from jinja2 import Environment

    return Environment(autoescape=True)


def _parse(expression: str) -> nodes.Node:
    from jinja2 import TemplateSyntaxError, nodes

    try:
        body = _environment().parse("{{ " + expression + " }}").body
    except TemplateSyntaxError:
        raise FactError("fact-expression", found=expression) from None
    if len(body) == 1 and isinstance(body[0], nodes.Output) and len(body[0].nodes) == 1:
        return body[0].nodes[0]
    raise FactError("fact-expression", found=expression)
