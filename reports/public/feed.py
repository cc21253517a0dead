"""The Atom feed of a site (RFC 4287): an entry for each month, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from reports.public.record import Record

ATOM = "http://www.w3.org/2005/Atom"
MOST = 24  # entries; who reads a feed has seen the older ones


def feed(records: Sequence[Record], title: str, address: str) -> bytes:
    """The feed of some months, newest first; `address` is that of their archive, with its slash."""
    root = Element("feed", {"xmlns": ATOM, "xml:lang": records[0].language})
    _text(root, "title", title)
    _text(root, "id", address)
    _text(root, "updated", _moment(max(one.updated for one in records)))
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": f"{address}feed.xml"})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": address})
    author = SubElement(root, "author")
    _text(author, "name", records[0].organisation)
    for one in records[:MOST]:
        entry = SubElement(root, "entry")
        page = f"{address}{one.period}/"
        _text(entry, "title", one.title)
        _text(entry, "id", page)
        _text(entry, "updated", _moment(one.updated))
        SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": page})
        _text(entry, "summary", " ".join(one.lead))
    indent(root)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"


def _text(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = text


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
