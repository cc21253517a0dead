"""The house rules are kept; each rule first finds something spoilt on purpose, and something to look at."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import catalogue_rules
from tests import house_rules as rules
from tests.house_rules import HEAVY, PROGRAM, Files, Rule

NOT_OURS = re.compile(r"(\.git|\.venv|\.cache|\.\w+_cache|\.hypothesis|out|build|__pycache__|node_modules)")
TEXT = {"", *".py .md .toml .yaml .yml .csv .j2 .css .typ .html .json .lock .txt".split()}
FI, EN = "reports/messages/fi.toml", "reports/messages/en.toml"
INNER_ROOMS = "read write model facts guard printer narrative charts compose disclosure finnish document".split()


@dataclass(frozen=True)
class House:
    """A rule, the files it looks at (a pattern of their paths), and files that break it."""

    name: str
    scope: str
    rule: Rule
    spoilt: Files


HOUSE = [
    House(
        "figures know nothing of reports",
        r"figures/.+\.py",
        rules.of_ours_only("figures"),
        {"figures/bad.py": "def draw():\n    from reports.model import Area\n"},
    ),
    House(
        "writers know document, finnish, errors and their siblings",
        r"reports/write/.+\.py",
        rules.of_ours_only(r"reports\.(document|finnish|errors|write)"),
        {"reports/write/bad.py": "from reports import model\n"},
    ),
    House(
        "build.py knows the pipeline and its like",
        r"build\.py",
        rules.never_imports(rf"figures|reports\.({'|'.join(INNER_ROOMS)})"),
        {"build.py": "from reports.write import html\n"},
    ),
    House(
        "build.py starts without heavy packages",
        r"build\.py",
        rules.never_imports("|".join(HEAVY), top_only=True),
        {"build.py": "try:\n    import pandas as pd\nexcept ImportError:\n    pass\n"},
    ),
    House(
        "model, naming, reporting, period, errors and document need the standard library alone",
        r"reports/(model|naming|reporting|period|errors|document)\.py",
        rules.standard_library_or(r"reports\.(model|naming|reporting|period|errors|document)"),
        {"reports/model.py": "from pydantic import BaseModel\n"},
    ),
    House(
        "imports run in no circle",
        PROGRAM,
        rules.imports_in_circles,
        {"reports/a.py": "from reports import b\n", "reports/b.py": "from reports.a import x\n"},
    ),
    House("no Python in data or templates", r"(data|templates)/.+", rules.python_files, {"data/salo/bad.py": ""}),
    House(
        "every module says what it is",
        r".+\.py",
        rules.without_docstring,
        {"reports/bad.py": '"""Two lines\nthat never end"""\n'},
    ),
    House("files stay short", r".+\.py", rules.long_files, {"reports/bad.py": "x = 1\n" * 301}),
    House("functions stay short", PROGRAM, rules.long_functions, {"reports/bad.py": "def f():\n" + "    x = 1\n" * 40}),
    House("no pyplot", PROGRAM, rules.pyplot, {"figures/bad.py": "from matplotlib import pyplot as plt\n"}),
    House(
        "no registry and no machine in a file",
        r".+",
        rules.machine_words,
        {"requirements.lock": f"--index-url https://{rules.HOSTS[0]}/simple\n"},
    ),
    House(
        "no path of one machine in a file",
        r".+",
        rules.machine_words,
        {"reports/bad.py": f'FONTS = "{rules.MACHINE_PATHS[3]}fonts"\n'},
    ),
    House(
        "both catalogues have every sentence",
        r"reports/messages/\w+\.toml",
        catalogue_rules.unlike_catalogues,
        {FI: '[a]\nb = "{x}"\nc = ""\n', EN: '[a]\nb = "{y}"\nc = ""\n'},
    ),
    House(
        "every problem has its sentence",
        rf"{PROGRAM}|reports/messages/\w+\.toml",
        catalogue_rules.codes_without_sentence,
        {"reports/a.py": 'problem("no-such", "x.csv")\n', FI: "[problem]\n", EN: "[problem]\n"},
    ),
    House(
        "every sentence has its problem",
        rf"{PROGRAM}|reports/messages/\w+\.toml",
        catalogue_rules.dead_sentences,
        {"reports/a.py": 'problem("one")\n', FI: '[problem]\none = ""\ntwo = ""\n'},
    ),
    House(
        "no words of the reader in code",
        rf"{PROGRAM}|data/[^/]+/area\.yaml",
        rules.finnish_in_code,
        {"reports/bad.py": 'TITLE = "Luvut: Salo"\n', "data/salo/area.yaml": "areas:\n  - name: Salo\n"},
    ),
    House(
        "every test asserts something",
        r"tests/(.+/)?test_\w+\.py",
        rules.idle_tests,
        {"tests/test_bad.py": "def test_nothing():\n    print(1)\n"},
    ),
]


@pytest.fixture(scope="module")
def files(root: Path) -> Files:
    """Every text file of the repository by its path."""
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for top in root.iterdir()
        if not NOT_OURS.fullmatch(top.name)
        for path in (top.rglob("*") if top.is_dir() else [top])
        if path.is_file() and path.suffix in TEXT and "__pycache__" not in path.parts
    }


def within(files: Files, scope: str) -> Files:
    """The files whose whole path fits the pattern."""
    return {path: text for path, text in files.items() if re.fullmatch(scope, path)}


@pytest.mark.parametrize("house", HOUSE, ids=lambda house: house.name)
def test_a_rule_finds_what_is_spoilt(house: House) -> None:
    assert house.rule(within(house.spoilt, house.scope)), "the rule finds nothing in files that break it"


@pytest.mark.parametrize("house", HOUSE, ids=lambda house: house.name)
def test_a_rule_is_kept(house: House, files: Files) -> None:
    looked_at = within(files, house.scope)
    assert looked_at, f"no file fits {house.scope}: the rule looks at nothing"
    broken = house.rule(looked_at)
    assert not broken, "\n".join([house.name, *broken])


def test_places_of_the_data_are_looked_for(files: Files) -> None:
    areas = within(files, r"data/[^/]+/area\.yaml")
    name = re.search(r"- name: (\w+)", next(iter(areas.values())))
    assert name, "area.yaml names no place, so none can be found in code"
    assert rules.finnish_in_code({**areas, "reports/bad.py": f'HOME = "{name[1]}"\n'})


def test_exceptions_are_still_needed(files: Files) -> None:
    excused = {**rules.LONG_FILES, **rules.FINNISH_IN_CODE}
    assert all(reason for reason in {**excused, **rules.LONG_FUNCTIONS}.values())
    assert excused.keys() <= files.keys()
    assert {path.partition(":")[0] for path in rules.LONG_FUNCTIONS} <= files.keys()


def test_help_loads_nothing_heavy(root: Path) -> None:
    assert (root / "build.py").is_file()
    code = "import sys, build\nbuild.main(['--help'])\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, encoding="utf-8", check=True)
    names = {name.partition(".")[0] for name in done.stdout.split("\n")[-2].split()}
    assert "reports" in names
    assert names.isdisjoint(HEAVY)


def test_every_command_has_an_example_and_stands_in_the_readme(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    names = re.findall(
        r"@cli\.command\((?:\"([\w-]+)\")?\)(?:\n@.*)*\ndef (\w+)", (root / "build.py").read_text("utf-8")
    )
    commands = [given or function.replace("_", "-") for given, function in names]
    assert {"report", "check", "list"} <= set(commands)
    for command in commands:
        done = subprocess.run(
            [sys.executable, "build.py", command, "--help"], cwd=root, capture_output=True, check=True
        )
        assert done.stdout.decode("utf-8").count(f"build.py {command}") > 1, f"the help of {command} has no example"
        assert re.search(rf"(`|build\.py ){command}\b", readme), f"{command} is not in the README"
