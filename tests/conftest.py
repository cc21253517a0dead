"""What every test may ask for: the made-up home, ../shared, and programs of the machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ALL_TOOLS = bool(os.environ.get("VUOSIKELLO_ALL_TOOLS"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes the golden files anew; read the difference before committing it."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for ../shared is marked so."""
    for item in items:
        if "shared" in getattr(item, "fixturenames", ()):
            item.add_marker("shared")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where every tool is installed, a skipped test is a failed one, unless it needs ../shared."""
    report = yield
    if ALL_TOOLS and report.skipped and not hasattr(report, "wasxfail") and not item.get_closest_marker("shared"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and VUOSIKELLO_ALL_TOOLS allows no skips: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole file that skips itself."""
    report = yield
    if ALL_TOOLS and report.outcome == "skipped":
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} skipped itself: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's own folder."""
    return ROOT


@pytest.fixture(scope="session")
def home() -> Path:
    """The made-up small city that tests read; copy it before writing to it."""
    return ROOT / "tests" / "home"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of source documents and checks beside the repository."""
    folder = ROOT.parent / "shared"
    if not (folder / "checks").is_dir():
        pytest.skip("needs ../shared, which is not part of the repository")
    return folder


@pytest.fixture(scope="session")
def update_golden(pytestconfig: pytest.Config) -> bool:
    """Whether golden files are to be written anew."""
    return bool(pytestconfig.getoption("--update-golden"))


def program(*names: str) -> str:
    """The path of the first of these programs that is installed; skips the test where none is."""
    for name in names:
        if path := shutil.which(name):
            return path
    pytest.skip(f"needs the program {' or '.join(names)}")


@pytest.fixture(scope="session")
def make() -> str:
    """Make, for tests of the Makefile."""
    return program("make")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Chromium, for tests that look at a web page."""
    return program("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice, for tests that open a document in an office program."""
    return program("soffice", "libreoffice")


@pytest.fixture(scope="session")
def pdftotext() -> str:
    """Poppler's text reader, for tests that read a PDF back."""
    return program("pdftotext")
