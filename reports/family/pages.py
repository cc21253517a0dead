"""How many pages a PDF of ours has, and whether they are more than its recipe grants."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reports.document import Document
from reports.errors import Problem, warning
from reports.recipe import Recipe

ROOT = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)")  # the root of the page tree, as typst writes it


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has; 0 where that cannot be seen."""
    found = ROOT.search(pdf)
    return int(found[1]) if found else 0


def too_long(recipe: Recipe, document: Document, text: str, files: Mapping[str, bytes]) -> list[Problem]:
    """A warning at the `text` where the PDF among some files is longer than the recipe's `pages`.

    What stands apart has a page of its own beside these. Without a PDF nobody knows.
    """
    granted = recipe.pages + bool(document.attachments)
    pages = next((pages_of(data) for name, data in files.items() if name.endswith(".pdf")), 0)
    return [warning("pages-many", text, found=pages, wanted=granted)] if recipe.pages and pages > granted else []
