"""Pictures of the user's own: scaled, turned upright, without a trace of camera, place or maker; or told why not."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from reports import pictures
from reports.document import Document, Picture, Section
from reports.errors import Place, Problem
from reports.home import open_home
from reports.messages import LANGUAGES, catalogue
from reports.order import Order
from reports.period import Period
from reports.pictures import ACROSS, PictureError, filled, scaled
from reports.read.front_matter import text_of
from reports.text import PictureSpec, Placed, Text

ORIENTATION, ARTIST, GPS = 0x0112, 0x013B, 0x8825
WORDS = b"Valokuvaaja"


def photograph(across: int = 60, down: int = 30, turned: int = 1, kind: str = "JPEG") -> bytes:
    """A picture with a maker and a place in it; its left half is red, the right one blue."""
    image = Image.new("RGB", (across, down), "#0000ff")
    image.paste("#ff0000", (0, 0, across // 2, down))
    exif = Image.Exif()
    exif[ORIENTATION], exif[ARTIST] = turned, WORDS.decode()
    exif.get_ifd(GPS)[1] = "N"
    out = BytesIO()
    if kind == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Author", WORDS.decode())
        image.save(out, "PNG", exif=exif, pnginfo=notes)
    else:
        image.save(out, "JPEG", exif=exif, comment=WORDS)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    """A picture read anew."""
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_nothing_of_maker_and_place_is_left(kind: str) -> None:
    given = photograph(kind=kind)
    assert WORDS in given
    made = scaled(given).data
    assert WORDS not in made
    assert not dict(opened(made).getexif())
    assert "exif" not in opened(made).info
    assert opened(made).format == kind


def test_a_picture_is_turned_upright() -> None:
    made = scaled(photograph(turned=6))  # taken with the camera on its side
    assert (made.across, made.down) == (30, 60)
    red, _, blue = opened(made.data).convert("RGB").getpixel((15, 5))  # type: ignore[misc]
    assert red > 200 > 60 > blue


def test_a_large_picture_is_made_as_small_as_it_is_shown() -> None:
    made = scaled(photograph(3 * ACROSS, ACROSS))
    assert (made.across, made.down) == (ACROSS, round(ACROSS / 3))
    assert opened(made.data).size == (made.across, made.down)


def test_a_small_picture_keeps_its_dots() -> None:
    assert scaled(photograph())[1:] == (60, 30)


def test_the_same_file_gives_the_same_bytes() -> None:
    assert scaled(photograph()) == scaled(photograph())


def test_transparent_and_grey_pictures_stay_so() -> None:
    for mode, colour in (("RGBA", (1, 2, 3, 0)), ("LA", (9, 0)), ("P", 3), ("1", 1)):
        out = BytesIO()
        Image.new(mode, (8, 8), colour).save(out, "PNG")
        assert opened(scaled(out.getvalue()).data).size == (8, 8)
    out = BytesIO()
    Image.new("CMYK", (8, 8)).save(out, "JPEG")
    assert opened(scaled(out.getvalue()).data).mode == "RGB"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "picture-unreadable"),
        (b"<svg/>", "picture-unreadable"),
        (photograph()[:300], "picture-unreadable"),
        (photograph(kind="PNG")[:90], "picture-unreadable"),
    ],
    ids=["empty", "another kind", "half a JPEG", "half a PNG"],
)
def test_what_cannot_be_read_is_told(data: bytes, code: str) -> None:
    with pytest.raises(PictureError) as refused:
        scaled(data)
    assert str(refused.value) == code


def test_a_gif_is_refused() -> None:
    out = BytesIO()
    Image.new("P", (8, 8)).save(out, "GIF")
    with pytest.raises(PictureError):
        scaled(out.getvalue())


def test_too_many_dots_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_DOTS", 60 * 30 - 1)
    with pytest.raises(PictureError) as refused:
        scaled(photograph())
    assert str(refused.value) == "picture-large"


def shown(folder: Path, file: str) -> tuple[Picture, list[Problem]]:
    """The picture of a document whose text names a file of the period's folder."""
    (folder / "data" / "kuvitteila").mkdir(parents=True, exist_ok=True)
    (folder / "data" / "kuvitteila" / "area.yaml").write_text("organisation: K\n", encoding="utf-8")
    order = Order(open_home(folder), "publication", "kuvitteila", Period.of("2012-2015"))
    spec = PictureSpec(Placed(file, Place("p.md", 4, 5)), Placed("Vaihtoehto"), Place("p.md", 3))
    text = Text("p.md", Placed("T"), pictures={"juhla": spec})
    empty = Picture("picture-juhla", "Juhla.", "Vaihtoehto", file)
    document = Document("p", "T", "", "", "", (), "fi", "", "", (Section("a", "A", (empty,)),))
    problems: list[Problem] = []
    (block,) = filled(document, order, [text], problems).sections[0].blocks
    assert isinstance(block, Picture)
    return block, problems


def period(folder: Path) -> Path:
    """The folder of the period, made."""
    made = folder / "data" / "kuvitteila" / "2012-2015"
    made.mkdir(parents=True)
    return made


def test_a_picture_is_no_wider_and_no_higher_than_it_may_be(tmp_path: Path) -> None:
    (period(tmp_path) / "juhla.JPG").write_bytes(photograph())
    block, problems = shown(tmp_path, "juhla.JPG")
    assert problems == []
    assert (block.width_mm, block.height_mm, block.file) == (144.0, 72.0, "picture-juhla.jpg")
    (tmp_path / "data/kuvitteila/2012-2015/pitka.png").write_bytes(photograph(10, 40, kind="PNG"))
    high, _ = shown(tmp_path, "pitka.png")
    assert (high.width_mm, high.height_mm) == (27.5, 110.0)


def test_what_was_scaled_once_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (period(tmp_path) / "juhla.jpg").write_bytes(photograph())
    first, _ = shown(tmp_path, "juhla.jpg")
    monkeypatch.setattr(pictures, "scaled", None)
    again, problems = shown(tmp_path, "juhla.jpg")
    assert (again, problems) == (first, [])


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("puuttuu.png", "picture-missing"),
        ("../juhla.png", "picture-name"),
        ("juhla.svg", "picture-name"),
        ("rikki.png", "picture-unreadable"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_at_its_name(tmp_path: Path, file: str, code: str) -> None:
    (period(tmp_path) / "rikki.png").write_bytes(b"rikki")
    block, (problem,) = shown(tmp_path, file)
    assert (problem.code, str(problem.place), problem.warning) == (code, "p.md:4:5", False)
    assert block.data == b""
    assert all(file in catalogue(language).plain(problem) for language in LANGUAGES)


def test_a_picture_without_words_for_those_who_do_not_see_it_is_told() -> None:
    text = text_of(b"---\ntitle: T\npictures:\n  juhla:\n    image: juhla.png\n---\n## A\n", "p.md")
    assert [(one.code, str(one.place), one.values["name"]) for one in text.problems] == [
        ("key-missing", "p.md:4:3", "alt")
    ]


def test_a_file_that_is_too_large_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "LARGEST", 10)
    (period(tmp_path) / "juhla.jpg").write_bytes(photograph())
    assert shown(tmp_path, "juhla.jpg")[1][0].code == "picture-large"
