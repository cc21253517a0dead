"""Document -> a piece of HTML to paste into a page that a city's own system makes."""

from __future__ import annotations

import re

from reports.document import Document
from reports.write import html
from reports.write.template import Template

LAYOUT = "fragment.html.j2"
LOOK = re.compile(r' class="[^"]*"| style="width:[^"]*"')


def write(document: Document, template: Template) -> bytes:
    """The fragment in UTF-8, without classes, which would mean something else where it is pasted; raises as `html`."""
    page = html.page(document, template, LAYOUT).decode()
    return LOOK.sub("", page).encode()
