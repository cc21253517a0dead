"""A drawing as clean SVG that may stand in a page beside others, and SVG as PNG; always the same bytes."""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zlib
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from typst import Compiler, Fonts

REMEMBERED = 11  # runs of typst after which it lets go of what none of them has asked for
_DIGITS = re.compile(r"-?\d+\.\d{3,}")


def svg(figure: Figure, key: str, title: str = "", description: str = "") -> str:
    """The figure as one `<svg>` element, text as outlines, sizes in millimetres.

    Every id begins with a digest of `key`, so that charts with different keys can share a page. Title and description
    are for a picture that stands alone; in a document the words beside it hold them.
    """
    out = io.StringIO()
    width, height = figure.get_size_inches() * 25.4
    figure.savefig(out, format="svg", metadata={"Date": None})
    return clean(out.getvalue(), (width, height), key, title, description)


def clean(picture: str, size_mm: tuple[float, float], key: str, title: str = "", description: str = "") -> str:
    """What `svg` says, of an SVG that matplotlib or typst has written in points."""
    width, height = size_mm
    body = _own_ids(_body(picture), "c" + hashlib.sha256(key.encode()).hexdigest()[:10])
    words = (
        f"<title>{escape(title, quote=False)}</title><desc>{escape(description, quote=False)}</desc>" if title else ""
    )
    role = ' role="img"' if title else ""
    points = f"{width / 25.4 * 72:.2f} {height / 25.4 * 72:.2f}"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' width="{width:.2f}mm" height="{height:.2f}mm" viewBox="0 0 {points}"{role}>'
        f'{words}<g style="stroke-linejoin: round; stroke-linecap: butt">{body}</g></svg>'
    )


def png(picture: str, width_mm: float, dpi: int = 200) -> bytes:
    """An SVG as PNG on white, `width_mm` wide at `dpi` dots an inch, its resolution written in the file."""
    import typst

    page = f"#set page(width: {width_mm}mm, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), width: 100%)"
    inputs = {"svg": picture}
    made = typst.compile(page.encode(), sys_inputs=inputs, format="png", ppi=float(dpi), font_paths=_no_fonts())
    if not isinstance(made, bytes):  # a list of pages, should typst ever break the picture over two
        raise TypeError(type(made))
    return _with_resolution(made, dpi)


def forget() -> None:
    """Free what typst remembers of earlier pictures: all their dots, 3 MB each. For a process that makes many."""
    for _ in range(REMEMBERED):
        _empty().compile(input=b"", format="svg")


@cache
def _empty() -> Compiler:
    from typst import Compiler

    return Compiler(b"", font_paths=_no_fonts())


@cache
def _no_fonts() -> Fonts:
    """A picture has its text as outlines; reading the fonts that come with typst would take 3 ms each time."""
    from typst import Fonts

    return Fonts(include_system_fonts=False, include_embedded_fonts=False)


def _body(text: str) -> str:
    """What is inside matplotlib's `<svg>`: no comments, metadata, or style sheet that would reach the whole page."""
    text = re.sub(r"<!--.*?-->\s*", "", text, flags=re.DOTALL)
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.DOTALL)
    text = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>\s*", "", text, flags=re.DOTALL)
    start = text.index(">", text.index("<svg")) + 1
    text = text[start : text.rindex("</svg>")]
    # Hundredths of a point: a last digit that differs between machines is rounded away, and the file is smaller.
    text = _DIGITS.sub(lambda found: _rounded(found[0]), text)
    return re.sub(r"\s*\n\s*", "", text)


@lru_cache(maxsize=2048)  # letters have the same outlines in every chart; a page has a thousand
def _rounded(digits: str) -> str:
    number = float(digits)
    return f"{number:.6g}" if abs(number) < 1 else f"{number:.2f}"


def _own_ids(body: str, prefix: str) -> str:
    """Ids that something refers to, renamed in their order; all others go."""
    used = dict.fromkeys(re.findall(r'(?:href="#|url\(#)([^")]+)', body))
    names = {old: f"{prefix}-{number}" for number, old in enumerate(used)}
    body = re.sub(r' id="([^"]*)"', lambda found: f' id="{names[found[1]]}"' if found[1] in names else "", body)
    return re.sub(r'(href="#|url\(#)([^")]+)', lambda found: found[1] + names[found[2]], body)


def _with_resolution(picture: bytes, dpi: int) -> bytes:
    """A PNG with its dots per metre (chunk pHYs, PNG specification 11.3.4.3): Word then pastes it in its true size."""
    head = 8 + 25  # signature and IHDR, which always comes first
    if b"pHYs" in picture[:200]:
        return picture
    dots = round(dpi / 0.0254)
    data = b"pHYs" + struct.pack(">IIB", dots, dots, 1)
    chunk = struct.pack(">I", 9) + data + struct.pack(">I", zlib.crc32(data))
    return picture[:head] + chunk + picture[head:]
