"""A web page read back: its text in pieces as a reader meets them, the addresses it leads to and what it fetches."""

from __future__ import annotations

import re
from html.parser import HTMLParser

# Where one piece of text ends and the next begins; words inside other elements run on.
BLOCKS = """
    address article aside blockquote body br caption dd desc details div dl dt figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary svg table tbody td tfoot th thead title tr ul
"""
BREAKS = frozenset(BLOCKS.split())
SKIPPED = frozenset({"head", "nav", "script", "style"})
FETCHED = frozenset({"src", "srcset", "data", "poster", "xlink:href", "background"})
FETCHING = frozenset({"link", "image", "use"})  # here href too is fetched, not followed


# Strokes of a drawing: no words, no addresses outside the page. Half of a page's tags, and not worth a parser's time.
STROKES = re.compile(r'</?(?:path|g|defs|rect|line)\b[^<>]*>|<use (?:xlink:)?href="#[^"<>]*"[^<>]*>|</use>')


class PageText(HTMLParser):
    """The pieces, links and fetched addresses of a page; what stands in its head and its contents lists is left out."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self._words: list[str] = []
        self._skipping = 0
        self.feed(STROKES.sub("", page))
        self.close()
        self._end()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens: where it breaks the text, a piece ends."""
        self._skipping += tag in SKIPPED
        for name, value in attrs:
            if name in FETCHED or (name == "href" and tag in FETCHING):
                self.fetched.append(value or "")
            elif name in {"href", "action", "formaction"}:
                self.links.append(value or "")
        if tag in BREAKS:
            self._end()

    def handle_endtag(self, tag: str) -> None:
        """A tag closes."""
        self._skipping -= tag in SKIPPED
        if tag in BREAKS:
            self._end()

    def handle_data(self, data: str) -> None:
        """Words between two tags."""
        if not self._skipping:
            self._words.append(data)

    def _end(self) -> None:
        if piece := "".join(self._words).strip():
            self.pieces.append(piece)
        self._words.clear()
