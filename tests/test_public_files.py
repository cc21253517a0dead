"""Which files a month has for the public: each is attacked, alone too, and what lies beside them tells no figure."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf

from reports.deliver import digest
from reports.order import Order
from reports.pipeline import build
from reports.public import safe
from reports.public.publish import Asked, publish
from reports.public.swap import Shelf, digests
from tests.made_public import EVERY, Blank, careless, public
from tests.made_reader import Reader, attacked
from tests.made_town import AREA, AT, Town, town_of, written
from tests.pdf_lines import letters_of

LISTS = ("disclosure.short.csv", "disclosure.release.csv", "told.short.json", "told.release.json")
STAFF = {f"{AREA}/{AT}/{name}" for name in ("manifest.json", *LISTS)}
VERSION = ".site.versions/000001/"
SECRET = "Piilossa oli 3 hakijaa"


@pytest.fixture(scope="module")
def town() -> Town:
    """A home of which a month can be published, its people given by a public service, with a person's text."""
    town = next(one for one in map(town_of, range(100)) if one.small() and not one.plan.country)
    return town._replace(plan=town.plan._replace(fetched=True, text=True))


def test_every_file_of_a_month_is_attacked_or_the_staffs(town: Town, tmp_path: Path) -> None:
    order = written(town, tmp_path)
    documents = f"{AREA}/{AT}/"
    wanted = {
        (f"{documents}{name}" if name.startswith(("short.", "release.")) else f"{AREA}/site/{name}"): digest(data)
        for name, data in public(order, EVERY)[0].items()
    }
    worker = Blank(order.cache)
    for one in (order, order._replace(formats=EVERY), order._replace(name="release", formats=EVERY)):
        build(one, worker=worker)
    found = {name: seal for name, seal in digests(order.home.out).items() if not name.startswith(".cache/")}
    assert found.keys() - wanted.keys() == STAFF
    assert {name: seal for name, seal in found.items() if name not in STAFF} == wanted


def test_the_attack_finds_a_single_file_that_was_made_of_unprotected_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: Counter[str] = Counter()
    files: Mapping[str, bytes] = {}
    for seed in range(4):
        home = town_of(seed)
        order = written(home, tmp_path / str(seed))
        files, _ = public(order, EVERY)
        with monkeypatch.context() as open_door:
            open_door.setattr(safe, "published", careless)
            told, _ = public(order, EVERY)
        found.update(name for name in told if attacked(home, files | {name: told[name]}))
    assert min(found[name] for name in files) >= 2


def _info(pdf: Pdf) -> None:
    pdf.docinfo["/Subject"] = SECRET


def _properties(pdf: Pdf) -> None:
    with pdf.open_metadata() as told:
        told["dc:description"] = SECRET


def _bookmark(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(OutlineItem(SECRET, 0))


def _attachment(pdf: Pdf) -> None:
    pdf.attachments["a.txt"] = SECRET.encode()


def _name(pdf: Pdf) -> None:
    pdf.attachments[f"{SECRET}.txt"] = b""


def _alternative(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.K[0].Alt = SECRET


def _note(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=SECRET)]
    )


def _instead(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(f"/Span <</ActualText ({SECRET})>> BDC EMC".encode())


def _beside(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(_drawn(pdf))


def _form(pdf: Pdf) -> None:
    page = pdf.pages[0]
    form = pdf.make_stream(_drawn(pdf), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    page.obj.Resources.XObject = Dictionary(Secret=form)
    page.contents_add(b"/Secret Do")


def _drawn(pdf: Pdf) -> bytes:
    """A number as glyphs that no part of the structure knows."""
    font = pdf.pages[0].obj.Resources.Font.f1
    glyph = next(code for code, letter in letters_of(font).items() if letter.isdigit())
    return f"BT /f1 9 Tf <{glyph:04x}> Tj ET".encode()


HIDES = (_info, _properties, _bookmark, _attachment, _name, _alternative, _note, _instead, _beside, _form)


@pytest.fixture(scope="module")
def sound(town: Town, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The PDF of a short version."""
    return public(written(town, tmp_path_factory.mktemp("home")), ("pdf",))[0]["short.pdf"]


@pytest.mark.parametrize("hide", HIDES)
def test_a_number_is_read_wherever_a_pdf_may_hide_it(hide: Callable[[Pdf], None], town: Town, sound: bytes) -> None:
    assert Reader(town).read({"short.pdf": sound}).left == []
    out = BytesIO()
    with Pdf.open(BytesIO(sound)) as pdf:
        hide(pdf)
        pdf.save(out)
    assert Reader(town).read({"short.pdf": out.getvalue()}).left != []


def into(folder: Path, order: Order) -> dict[str, str]:
    """Publish a month into a folder of a web server; gives the digests of all that lies there."""
    publish(Asked(order, Shelf.of(str(folder / "site")), date(2024, 4, 1), latest=False, one=True))
    return digests(folder)


def test_what_lies_beside_the_published_site_tells_no_figure(town: Town, tmp_path: Path) -> None:
    """Its list seals the figures of a month, hidden ones too: whoever could make the seal could try what they are."""
    orders = [written(town, tmp_path / name) for name in ("one", "other")]
    site = {name: digest(data) for name, data in public(orders[0])[0].items() if not name.startswith(("short.", "rel"))}
    public(orders[1])
    one, other = (into(tmp_path / f"www {number}", order) for number, order in enumerate(orders))
    assert {name.removeprefix(f"{VERSION}site/") for name in one if name.startswith(f"{VERSION}site/")} == site.keys()
    assert {name for name in one if one[name] != other[name]} == {f"{VERSION}record.json"}
    records = [json.loads((tmp_path / f"www {number}" / VERSION / "record.json").read_bytes()) for number in range(2)]
    assert records[0] | {"months": {}} == records[1] | {"months": {}}
    assert records[0]["months"].keys() == records[1]["months"].keys() == {str(AT)}
    assert into(tmp_path / "www 0", orders[0]) == one
