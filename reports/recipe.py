"""recipe.yaml to Recipe: which texts, sections, attachments and formats a report has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from reports.errors import Place, Problem, ReportError, problem
from reports.home import PROGRAM, Home
from reports.order import FORMATS
from reports.period import Period

RECIPE = "recipe.yaml"
PLAN = "plan.yaml"
OBSERVATIONS = "observations.csv"
MONTHLY = "monthly.yaml"
ATTACHMENTS = ("sources", "followup", "plan")
# The sections of a document of a month that the program makes, in their usual order; `text` are those of its texts.
SECTIONS = {
    "monthly": ("opening", "text", "areas", "services", "turned", "goals", "coming", "method"),
    "release": ("opening", "text", "contacts", "sources"),
    "slides": tuple("opening key-figures people areas services goals attention changed coming text".split()),
}
# Those that a recipe may ask for in their place: `board` is `goals` with the measures in a sentence, not in a table.
SHORTER = {"monthly": ("board",)}
TEXT = re.compile(r"[^\W_][\w .-]*\.md")  # a bare name: no other folder can be meant, on any system


class Content(StrEnum):
    """What the body of a report is made of."""

    TEXT = "text"
    PLAN = "plan"
    FOLLOWUP = "followup"
    MONTHLY = "monthly"
    SHORT = "short"
    RELEASE = "release"
    SLIDES = "slides"


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a report, by its file name in the period's folder.

    `leave_out` are sections by anchor (`viestinta`); an `optional` text may be missing. One that stands `apart` begins
    on a page of its own, after the rest.
    """

    text: str
    place: Place
    leave_out: tuple[str, ...] = ()
    optional: bool = False
    apart: bool = False

    def file(self, language: str) -> str:
        """The name of the text in a language: `annual.md`, in another than Finnish `annual.en.md`."""
        return self.text if language == "fi" else f"{self.text.removesuffix('.md')}.{language}.md"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a report is made of. The first part is the main text: its front matter gives title, date and roles.

    A report whose `content` is `plan` or `followup` is made of plan.yaml and needs no parts, one that is `monthly` or
    `short` of monthly.yaml, with a text that may be missing. `layout` names the folder of templates it is laid out by,
    its own where empty; `contents` is no where it has no list of contents, and `levels` how many levels of headings
    that has. `pages` are those that it should fit on, any number where 0. `sections` are those that it shows, in this
    order, by anchor (`viestinta`) or by the names of `SECTIONS`; all where empty.
    `problems` are warnings about the file itself.
    """

    title: Mapping[str, str]
    place: Place
    parts: tuple[Part, ...] = ()
    content: Content = Content.TEXT
    layout: str = ""
    contents: bool = True
    levels: int = 1
    pages: int = 0
    formats: tuple[str, ...] = ("docx", "pdf", "html")
    attachments: tuple[str, ...] = field(default=())
    sections: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def main(self, language: str) -> str:
        """The file of a period's folder that makes the report; only a document of a month can be without it."""
        if self.parts and self.content not in (Content.PLAN, Content.FOLLOWUP):
            return self.parts[0].file(language)
        return PLAN if self.content is Content.PLAN else OBSERVATIONS

    def written(self, home: Home, area: str, period: Period, language: str) -> bool:
        """Whether a period has what the report is made of; follow-ups are of a month, of a plan or by monthly.yaml.

        A release can be drafted for every month, but is one of those that have words for it.
        """
        there = (home.period_folder(area, period) / self.main(language)).is_file()
        if self.content in (Content.MONTHLY, Content.SHORT, Content.RELEASE):
            enough = there or (self.content is not Content.RELEASE and all(part.optional for part in self.parts))
            return enough and period.kind == "month" and (home.area_folder(area) / MONTHLY).is_file()
        if self.content is Content.FOLLOWUP:
            return there and period.kind == "month" and any(home.area_folder(area).glob(f"*/{PLAN}"))
        return there


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
    if recipe.content is Content.TEXT and not recipe.parts and not problems:
        problems.append(problem("key-missing", recipe.place.file, recipe.place.row, name="parts"))
    if any(not one.warning for one in problems):
        raise ReportError(problems)
    return replace(recipe, problems=tuple(problems))


def _unknown(recipe: Recipe) -> list[Problem]:
    known = {"formats": FORMATS, "attachments": ATTACHMENTS}
    found = {"formats": recipe.formats, "attachments": recipe.attachments}
    if recipe.content is not Content.TEXT:  # those of texts are known when they are read
        known["sections"] = (*SECTIONS.get(recipe.content, ("–",)), *SHORTER.get(recipe.content, ()))
        found["sections"] = recipe.sections
    return [
        problem("recipe-word", recipe.place.file, recipe.place.row, found=word, name=key, have=", ".join(known[key]))
        for key, words in found.items()
        for word in words
        if word not in known[key]
    ]


def _texts(recipe: Recipe) -> list[Problem]:
    """Texts that do not lie in the period's folder under a plain name, or stand apart where nothing can."""
    wrong = [("recipe-text", part) for part in recipe.parts if not TEXT.fullmatch(part.text)]
    wrong += [("recipe-apart", part) for part in recipe.parts if part.apart and recipe.content is not Content.MONTHLY]
    return [problem(code, part.place.file, part.place.row, found=part.text) for code, part in wrong]
