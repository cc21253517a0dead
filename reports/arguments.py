"""A command line before Click reads it: what was given for an option, and common options typed before the command."""

from __future__ import annotations

from collections.abc import Sequence

COMMON = {"--home": True, "--lang": True, "--strict": False, "--quiet": False, "-q": False}  # name: takes a value


def option(arguments: Sequence[str], name: str) -> str:
    """The value given for an option, empty where it is not there."""
    for at, one in enumerate(arguments):
        if one == name and at + 1 < len(arguments):
            return arguments[at + 1]
        if one.startswith(f"{name}="):
            return one.partition("=")[2]
    return ""


def in_any_place(arguments: Sequence[str]) -> list[str]:
    """The command line with its common options behind the command, where Click wants them, wherever they were typed."""
    before: list[str] = []
    rest = list(arguments)
    while rest and rest[0].partition("=")[0] in COMMON:
        size = 2 if COMMON[rest[0].partition("=")[0]] and "=" not in rest[0] else 1
        before, rest = before + rest[:size], rest[size:]
    return rest if not rest or rest[0].startswith("-") else [rest[0], *before, *rest[1:]]
