"""What a run of Python spends on loading packages, by package: the greater part of a short run."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

LEAST = 0.005  # seconds; what loads faster is summed up


def loading(root: Path, arguments: tuple[str | Path, ...]) -> str:
    """A line such as `0.42 s: matplotlib 0.14, docx 0.11, ... others 0.03`; the clock itself makes it a tenth slower.

    Time spent on a package is that of its own modules, not of those it loads in turn.
    """
    command = [sys.executable, "-X", "importtime", *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", errors="replace", check=True)
    spent: Counter[str] = Counter()
    for microseconds, name in re.findall(r"^import time: +(\d+) \| +\d+ \| +([\w.]+)$", done.stderr, re.MULTILINE):
        spent[_owner(name)] += int(microseconds)
    named = [(name, time / 1e6) for name, time in spent.most_common() if time / 1e6 >= LEAST]
    rest = sum(spent.values()) / 1e6 - sum(seconds for _, seconds in named)
    parts = [*(f"{name} {seconds:.3f}" for name, seconds in named), f"others {rest:.3f}"]
    return f"{sum(spent.values()) / 1e6:.3f} s: {', '.join(parts)}"


def _owner(name: str) -> str:
    top = name.partition(".")[0]
    return "Python's own" if top in sys.stdlib_module_names else top
