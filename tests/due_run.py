"""Runs the command `due` and lists the Word files that it has made."""

from __future__ import annotations

from tests.trips import City, Said


def due(city: City, day: str, *more: str) -> Said:
    """What `due` says of a day; it must succeed."""
    said = city.run("due", "--on", day, *more)
    assert said.code == 0, said.all
    return said


def made(city: City) -> set[str]:
    """The Word files in out/, by their names from there."""
    return {path.relative_to(city.folder / "out").as_posix() for path in (city.folder / "out").rglob("*.docx")}
