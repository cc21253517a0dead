"""recipe.yaml to Recipe: which texts, sections, attachments and formats a report has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from reports.errors import Place, Problem, ReportError, problem
from reports.home import PROGRAM, Home
from reports.order import FORMATS

RECIPE = "recipe.yaml"
ATTACHMENTS = ("sources",)
TEXT = re.compile(r"[^\W_][\w .-]*\.md")  # a bare name: no other folder can be meant, on any system


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a report, by its file name in the period's folder.

    `leave_out` are sections by anchor (`viestinta`); an `optional` text may be missing.
    """

    text: str
    place: Place
    leave_out: tuple[str, ...] = ()
    optional: bool = False

    def file(self, language: str) -> str:
        """The name of the text in a language: `annual.md`, in another than Finnish `annual.en.md`."""
        return self.text if language == "fi" else f"{self.text.removesuffix('.md')}.{language}.md"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a report is made of. The first part is the main text: its front matter gives title, date and roles.

    `problems` are warnings about the file itself.
    """

    title: Mapping[str, str]
    parts: tuple[Part, ...]
    place: Place
    formats: tuple[str, ...] = ("docx", "pdf", "html")
    attachments: tuple[str, ...] = field(default=())
    problems: tuple[Problem, ...] = ()


def names(home: Home) -> list[str]:
    """The reports there are: every template folder, the city's or ours, that holds a recipe."""
    bases = (home.templates, PROGRAM / "templates")
    return sorted({path.parent.name for base in bases for path in base.glob(f"*/{RECIPE}")})


def read_recipe(home: Home, name: str) -> Recipe:
    """The recipe of a report, the city's own before ours.

    Raises ReportError: report-unknown (exit 2) with the reports there are; and everything wrong in the file. Its
    warnings are in the recipe.
    """
    from reports.read.decode import decode
    from reports.read.parsed import reader
    from reports.read.shape import shape

    paths = [folder / RECIPE for folder in home.template_folders(name) if folder.name == name]
    path = next((one for one in paths if one.is_file()), None)
    if path is None:
        raise ReportError([problem("report-unknown", found=name, have=", ".join(names(home)))], exit_code=2)
    text, problems = decode(path.read_bytes(), home.name(path))
    tree, more = reader(home)(text, home.name(path))
    recipe: Recipe
    recipe, wrong = shape(Recipe, tree)
    problems = [*problems, *more, *wrong, *_unknown(recipe), *_texts(recipe)]
    if any(not one.warning for one in problems):
        raise ReportError(problems)
    return replace(recipe, problems=tuple(problems))


def _unknown(recipe: Recipe) -> list[Problem]:
    known = {"formats": FORMATS, "attachments": ATTACHMENTS}
    found = {"formats": recipe.formats, "attachments": recipe.attachments}
    return [
        problem("recipe-word", recipe.place.file, recipe.place.row, found=word, name=key, have=", ".join(known[key]))
        for key, words in found.items()
        for word in words
        if word not in known[key]
    ]


def _texts(recipe: Recipe) -> list[Problem]:
    """Texts that do not lie in the period's folder under a plain name."""
    wrong = [part for part in recipe.parts if not TEXT.fullmatch(part.text)]
    return [problem("recipe-text", part.place.file, part.place.row, found=part.text) for part in wrong]
