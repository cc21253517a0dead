"""The list of packages and the lock files agree, and nothing of a machine stands in them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

LOCKS = ("requirements.lock", "requirements-dev.lock")


def pinned(root: Path, lock: str) -> dict[str, str]:
    """The version of every package in a lock file."""
    text = (root / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


def wanted(requirements: list[str]) -> set[str]:
    """The names of some requirements, as a lock file writes them."""
    names = [re.split(r"[<>=!~\[; ]", requirement)[0] for requirement in requirements]
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_needed_package_is_pinned(root: Path, project: dict[str, Any]) -> None:
    needed = wanted(project["project"]["dependencies"])
    assert len(needed) > 5
    assert needed <= pinned(root, LOCKS[0]).keys()
    assert needed | wanted(project["dependency-groups"]["dev"]) <= pinned(root, LOCKS[1]).keys()


def test_tests_run_with_the_versions_that_make_reports(root: Path) -> None:
    assert pinned(root, LOCKS[0]).items() <= pinned(root, LOCKS[1]).items()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_packages_and_hashes_only(root: Path, lock: str) -> None:
    lines = (root / lock).read_text(encoding="utf-8").splitlines()
    known = re.compile(r"[a-z0-9-]+==\S+( ; [^@/]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [line for line in lines if not known.fullmatch(line)] == []
    assert sum("==" in line for line in lines) <= sum("--hash" in line for line in lines)


def test_every_package_says_what_it_is_for(root: Path) -> None:
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    lines = re.findall(r'^  "[a-z-]+[>=].*$', text, re.MULTILINE)
    assert len(lines) > 20
    assert [line for line in lines if not re.search(r'", +# \w+', line)] == []


def test_nothing_is_installed_as_a_module(project: dict[str, Any]) -> None:
    assert "build-system" not in project
    assert project["tool"]["setuptools"] == {"packages": [], "py-modules": []}


def test_licence_is_whole(root: Path) -> None:
    text = (root / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert re.findall(r"^(\d+)\.", text, re.MULTILINE) == [str(number) for number in range(1, 16)]
    assert text.rstrip().endswith("require the production of a new EUPL version.")


SKIPPING = """
import pytest
def test_without_its_program(): pytest.skip("needs a program")
@pytest.mark.shared
def test_without_shared(): pytest.skip("needs ../shared")
@pytest.mark.xfail(reason="known")
def test_known(): assert False
"""


@pytest.mark.parametrize(
    ("all_tools", "outcome"), [("", "2 skipped, 1 xfailed"), ("1", "1 failed, 1 skipped, 1 xfailed")]
)
def test_a_skip_fails_where_every_tool_is_installed(root: Path, tmp_path: Path, all_tools: str, outcome: str) -> None:
    shutil.copy(root / "tests" / "conftest.py", tmp_path)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = shared\n", encoding="utf-8")
    (tmp_path / "test_skipping.py").write_text(SKIPPING, encoding="utf-8")
    assert outcome in run_pytest(tmp_path, all_tools)


def test_a_file_that_skips_itself_fails_where_every_tool_is_installed(root: Path, tmp_path: Path) -> None:
    shutil.copy(root / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_whole.py").write_text("import pytest\npytest.importorskip('no_such')\n", encoding="utf-8")
    assert "1 skipped" in run_pytest(tmp_path, "")
    assert "1 error" in run_pytest(tmp_path, "1")


def run_pytest(folder: Path, all_tools: str) -> str:
    """The closing line of a run of pytest in a folder of its own."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(folder), str(folder)]
    settings = {**os.environ, "VUOSIKELLO_ALL_TOOLS": all_tools, "PYTEST_ADDOPTS": ""}
    done = subprocess.run(command, cwd=folder, env=settings, capture_output=True, encoding="utf-8")
    return done.stdout.strip().splitlines()[-1]


@pytest.mark.slow
def test_a_fresh_clone_makes_the_report_and_then_starts_nothing(root: Path, tmp_path: Path, make: str) -> None:
    clone = tmp_path / "clone"
    shutil.copytree(root, clone, ignore=shutil.ignore_patterns(".git", ".venv", ".*cache*", "out", "__pycache__"))

    def make_report() -> tuple[str, dict[str, int]]:
        done = subprocess.run([make, "report"], cwd=clone, capture_output=True, encoding="utf-8")
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout, {path.name: path.stat().st_mtime_ns for path in (clone / "out").rglob("annual.*")}

    said, made = make_report()
    assert "requirements.lock" in said
    assert made.keys() == {"annual.docx", "annual.pdf", "annual.html"}
    said_again, made_again = make_report()
    assert "requirements.lock" not in said_again
    assert made_again == made
