"""Joins the parts of a large PDF: their pages, tags, bookmarks and anchors come in, one PDF/UA-1 and PDF/A-2a goes out.

Title, language, metadata and colour profile are those of the first part. No more is joined than what typst writes: the
tags of a part stand below one Document, and lists by name or number (/Names, /Nums) have no branches.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from io import BytesIO
from itertools import chain
from typing import Any

from pikepdf import Array, Dictionary, Pdf, String

SEAM = "continued-here"  # the anchor of the heading that all parts but the first begin with
Bookmark = tuple[Any, list[Any]]  # one of the first level, and those below it


def own_pages(part: bytes, *, later: bool) -> int:
    """How many pages of a part are the document's, in a `later` part those after SEAM; 0 where it cannot be joined."""
    with Pdf.open(BytesIO(part)) as pdf:
        try:
            _leave_out(pdf, later)
        except (AttributeError, KeyError, StopIteration):  # the layout has no anchors or headings of its sections
            return 0
        return len(pdf.pages)


def join(parts: Sequence[bytes]) -> bytes:
    """One PDF of the own pages of all parts; the same parts give the same bytes."""
    with Pdf.open(BytesIO(parts[0])) as whole:
        _leave_out(whole, later=False)
        bookmarks = _bookmarks(whole.Root.Outlines)
        for number, data in enumerate(parts[1:], 2):
            with Pdf.open(BytesIO(data)) as part:
                _leave_out(part, later=True)
                _rename(part, f"{number}-")
                _renumber(part, int(whole.Root.StructTreeRoot.ParentTreeNextKey))
                (_, below), *more = _added(whole, part)
            bookmarks[-1][1].extend(below)
            bookmarks += more
        for top, below in bookmarks:
            _chain(top, below, -len(below))
        _chain(whole.Root.Outlines, [top for top, _ in bookmarks], len(bookmarks))
        _describe(whole, b64encode(sha256(b"".join(parts)).digest()[:16]))
        out = BytesIO()
        whole.save(out, deterministic_id=True)
        return out.getvalue()


def _leave_out(part: Pdf, later: bool) -> None:
    """Take away the last page of a part; in a `later` part also all before its own: head, heading SEAM, its anchor."""
    del part.pages[-1]
    if not later:
        return
    tree, anchors = part.Root.StructTreeRoot, part.Root.Names.Dests
    seam = next(place[0] for name, place in _pairs(anchors.Names) if str(name) == SEAM)
    last = next(k for k, page in enumerate(part.pages) if page.objgen == seam.objgen)
    keys = {page.obj.get("/StructParents") for page in part.pages[: last + 1]}
    del part.pages[: last + 1]
    tags = list(tree.K[0].K)
    heading = next(k for k, tag in enumerate(tags) if tag.S == "/H1")
    tree.K[0].K = Array(tags[heading + 1 :])
    tree.ParentTree.Nums = _array(pair for pair in _pairs(tree.ParentTree.Nums) if pair[0] not in keys)
    anchors.Names = _array(pair for pair in _pairs(anchors.Names) if str(pair[0]) != SEAM)
    del part.Root.Outlines.First.Dest


def _rename(part: Pdf, prefix: str) -> None:
    """Give the table headings of a part names that no other part has, and tell them to their cells."""

    def renamed(name: object) -> String:
        return String(f"{prefix}{name}")

    for tag in part.objects:
        if not isinstance(tag, Dictionary) or tag.get("/Type") != "/StructElem":
            continue
        if "/ID" in tag:
            tag.ID = renamed(tag.ID)
        for look in tag.get("/A", ()):
            if "/Headers" in look:
                look.Headers = Array(list(map(renamed, look.Headers)))
    names = part.Root.StructTreeRoot.get("/IDTree", Dictionary(Names=Array()))
    names.Names = _array((renamed(name), tag) for name, tag in _pairs(names.Names))


def _renumber(part: Pdf, offset: int) -> None:
    """Give pages and links of a part other numbers, by which their tags are found."""
    tree = part.Root.StructTreeRoot
    tree.ParentTree.Nums = _array((int(key) + offset, tags) for key, tags in _pairs(tree.ParentTree.Nums))
    tree.ParentTreeNextKey = int(tree.ParentTreeNextKey) + offset
    for page in part.pages:
        for thing, key in (
            (page.obj, "/StructParents"),
            *((note, "/StructParent") for note in page.get("/Annots", ())),
        ):
            if key in thing:
                thing[key] = int(thing[key]) + offset


def _added(whole: Pdf, part: Pdf) -> list[Bookmark]:
    """Add the pages, tags and anchors of a part; gives its bookmarks."""
    for page in part.pages:  # first: tags, bookmarks and anchors then point to these
        whole.pages.append(page)
    root, ours = part.Root, whole.Root
    given = Dictionary(Tags=root.StructTreeRoot, Anchors=root.Names.Dests, Outlines=root.Outlines)
    new, tree = whole.copy_foreign(part.make_indirect(given)), ours.StructTreeRoot
    for tag in new.Tags.K[0].K:
        tag.P = tree.K[0]
        tree.K[0].K.append(tag)
    tree.ParentTree.Nums = _array(chain(_pairs(tree.ParentTree.Nums), _pairs(new.Tags.ParentTree.Nums)))
    tree.ParentTreeNextKey = new.Tags.ParentTreeNextKey
    for name, role in new.Tags.RoleMap.items():
        tree.RoleMap[name] = role
    if "/IDTree" in tree and "/IDTree" in new.Tags:
        tree.IDTree.Names = _merged(tree.IDTree, new.Tags.IDTree)
    ours.Names.Dests.Names = _merged(ours.Names.Dests, new.Anchors)
    return _bookmarks(new.Outlines)


def _merged(ours: Any, theirs: Any) -> Array:
    """Two lists by name as one, in the order of the names' bytes."""
    return _array(sorted(chain(_pairs(ours.Names), _pairs(theirs.Names)), key=lambda pair: bytes(pair[0])))


def _pairs(flat: Any) -> list[tuple[Any, Any]]:
    """The names or numbers of a list with what each stands for."""
    all_of_it = list(flat)
    return list(zip(all_of_it[::2], all_of_it[1::2], strict=True))


def _array(pairs: Iterable[tuple[Any, Any]]) -> Array:
    return Array(list(chain.from_iterable(pairs)))


def _bookmarks(outlines: Any) -> list[Bookmark]:
    return [(top, list(_items(top))) for top in _items(outlines)]


def _items(parent: Any) -> Iterator[Any]:
    """The bookmarks right below one, or below the root of all."""
    item = parent.get("/First")
    while item is not None:
        yield item
        item = item.get("/Next")


def _chain(parent: Any, items: Sequence[Any], count: int) -> None:
    """Put bookmarks below another (folded: a `count` below zero), or below the root of all."""
    if items:
        parent.First, parent.Last, parent.Count = items[0], items[-1], count
    for k, item in enumerate(items):
        item.Parent = parent
        for name, neighbour in (("/Prev", items[:k][-1:]), ("/Next", items[k + 1 : k + 2])):
            if neighbour:
                item[name] = neighbour[0]
            elif name in item:
                del item[name]


def _describe(whole: Pdf, mark: bytes) -> None:
    """Metadata of all parts: the number of pages, and a mark of the content in place of the first part's own."""
    metadata = whole.Root.Metadata
    text = metadata.read_bytes().replace(bytes(whole.trailer.ID[1]), mark)
    metadata.write(re.sub(rb"(<xmpTPg:NPages>)\d+", rb"\g<1>%d" % len(whole.pages), text))
