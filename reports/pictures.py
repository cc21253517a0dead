"""The pictures of a text: files of its period's folder -> bare, scaled PNG or JPEG in the document."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reports.document import Block, Document, Picture
from reports.errors import Problem
from reports.kept import Kept
from reports.order import Order
from reports.read.decode import bytes_of, excerpt
from reports.text import PictureSpec, Text

if TYPE_CHECKING:
    from PIL.Image import Image

NAME = re.compile(r"[^\W_][\w .-]*\.(?:png|jpe?g)", re.IGNORECASE)  # a bare name: no other folder can be meant
KINDS = ("PNG", "JPEG")
LARGEST = 40_000_000  # bytes of a file
MOST_DOTS = 60_000_000  # of a picture: what a camera takes; more is a mistake or a trap
WIDTH_MM, HIGHEST_MM = 144.0, 110.0  # as wide as a chart
ACROSS = 1700  # dots across, some 300 an inch at that width
QUALITY = 85  # of a JPEG


class Scaled(NamedTuple):
    """A picture as documents hold it, and its size in dots."""

    data: bytes
    across: int
    down: int


class PictureError(ValueError):
    """A file that cannot be used; `code` names the sentence in the catalogue."""


def filled(document: Document, order: Order, texts: Iterable[Text], problems: list[Problem]) -> Document:
    """The document with the contents of its pictures' files; what is wrong with a file is added to `problems`.

    A picture is turned upright, made no larger than it is shown, and keeps nothing of its maker, camera, time or
    place. Colours stay those of its profile.
    """
    folder = order.home.period_folder(order.area, order.period)
    kept = Kept(order.cache / "pictures", most=200)
    found: dict[str, Scaled] = {}
    for text in texts:
        for name, spec in text.pictures.items():
            try:
                found[f"picture-{name}"] = _read(folder, spec, order.home.name(folder / spec.image), kept)
            except PictureError as error:
                have = ", ".join(sorted(path.name for path in folder.iterdir() if NAME.fullmatch(path.name))) or "-"
                values = {"found": excerpt(spec.image), "have": have, "largest": LARGEST // 10**6}
                problems.append(Problem(str(error), spec.image.place, values))
    sections = tuple(replace(one, blocks=tuple(_shown(b, found) for b in one.blocks)) for one in document.sections)
    return replace(document, sections=sections)


def _shown(block: Block, found: dict[str, Scaled]) -> Block:
    if not isinstance(block, Picture) or block.anchor not in found:
        return block
    data, across, down = found[block.anchor]
    width = min(WIDTH_MM, HIGHEST_MM * across / down)
    kind = "jpg" if data.startswith(b"\xff\xd8") else "png"
    file = f"{block.anchor}.{kind}"
    return replace(block, data=data, file=file, width_mm=round(width, 2), height_mm=round(width * down / across, 2))


def _read(folder: Path, spec: PictureSpec, shown: str, kept: Kept) -> Scaled:
    path = folder / spec.image
    if not NAME.fullmatch(spec.image):
        raise PictureError("picture-name")
    if not path.is_file():
        raise PictureError("picture-missing")
    if path.stat().st_size > LARGEST:
        raise PictureError("picture-large")
    data = bytes_of(path, shown)
    key = f"{hashlib.sha256(data).hexdigest()}-{ACROSS}-{QUALITY}"
    if (ready := kept.read(key)) is not None:
        head, _, body = ready.partition(b"\n")
        across, down = map(int, head.split())
        return Scaled(body, across, down)
    made = scaled(data)
    kept.write(key, f"{made.across} {made.down}\n".encode() + made.data)
    return made


def scaled(data: bytes) -> Scaled:
    """A picture upright, at most `ACROSS` dots wide, without metadata but its colour profile.

    Raises PictureError: picture-unreadable (no PNG or JPEG, or broken), picture-large (more dots than `MOST_DOTS`).
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data), formats=KINDS) as opened:
            if opened.width * opened.height > MOST_DOTS:
                raise PictureError("picture-large")
            kind = str(opened.format)
            upright = ImageOps.exif_transpose(opened)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        if isinstance(error, PictureError):
            raise
        raise PictureError("picture-unreadable") from error
    if upright.width > ACROSS:
        upright = upright.resize(
            (ACROSS, max(1, round(upright.height * ACROSS / upright.width))), Image.Resampling.LANCZOS
        )
    return Scaled(_saved(upright, kind), upright.width, upright.height)


def _saved(picture: Image, kind: str) -> bytes:
    out = BytesIO()
    profile = picture.info.get("icc_profile")
    picture.info = {}
    if kind == "JPEG":
        plain = picture if picture.mode in ("L", "RGB") else picture.convert("RGB")
        plain.save(out, "JPEG", quality=QUALITY, icc_profile=profile if plain is picture else None)
    else:
        picture.save(out, "PNG", optimize=True, icc_profile=profile)
    return out.getvalue()
