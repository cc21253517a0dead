"""A bad file, and what must be said of it."""

from __future__ import annotations

from dataclasses import dataclass, field

CODE = "131052-308T"  # the example of the Digital and Population Data Services Agency


@dataclass(frozen=True)
class Bad:
    """A file that an import must refuse or warn of: `code` is the problem, `place` where it is said to be.

    Its name, its mapping.yaml and the options of the command are those of most files unless given.
    """

    title: str
    code: str
    place: str
    data: bytes
    name: str = "luvut.csv"
    mapping: str = ""
    options: dict[str, str] = field(default_factory=dict)
    warning: bool = False
