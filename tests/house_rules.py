"""The house rules of CONTRIBUTING as functions: each takes files by path and gives back what breaks the rule."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator, Mapping

Files = Mapping[str, str]
Rule = Callable[[Files], list[str]]

# A file or function may outgrow its limit with a reason that a reviewer would accept: {"path": "why"}.
LONG_FILES: dict[str, str] = {
    "build.py": "every command stands in one place, a few lines each",
    "tests/test_plan_salo.py": "one table of every row of the source plan",
}
LONG_FUNCTIONS: dict[str, str] = {}
FINNISH_IN_CODE: dict[str, str] = {}

PROGRAM = r"(build|(reports|figures)/.+)\.py"
HEAVY = "docx docxtpl lxml markdown_it matplotlib numpy pandas PIL pptx pydantic ruamel typst xlsxwriter".split()

# Written in pieces, so that this file does not break its own rule.
HOSTS = [".".join(parts.split()) for parts in ("pypi org", "pythonhosted org", "registry npmjs", "debian org")]
MACHINE_PATHS = ["/" + name + "/" for name in ("work/main", "work/shared", "farm", "root", "home", "Users", "tmp")]


def modules(path: str) -> str:
    """The dotted name of a module's file: `reports/write/html.py` -> `reports.write.html`."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imports(path: str, text: str, *, top_only: bool = False) -> Iterator[tuple[int, str]]:
    """Line and dotted name of all a file imports; `from a import b` gives `a.b`."""
    package = path.replace("/", ".").split(".")[:-2]
    for node in _statements(ast.parse(text, path)) if top_only else ast.walk(ast.parse(text, path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{stem}.{alias.name}") for alias in node.names)


def _statements(tree: ast.AST) -> Iterator[ast.AST]:
    """Every statement that runs when the module is imported: function bodies and type-checking blocks left out."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        yield node
        yield from _statements(node)


def never_imports(pattern: str, *, top_only: bool = False) -> Rule:
    """A rule: no import whose dotted name begins with the pattern."""

    def rule(files: Files) -> list[str]:
        return [
            f"{path}:{line} imports {name}"
            for path, text in files.items()
            for line, name in imports(path, text, top_only=top_only)
            if re.match(rf"(?:{pattern})(?:\.|$)", name)
        ]

    return rule


def of_ours_only(pattern: str) -> Rule:
    """A rule: of our own modules, only those whose dotted name begins with the pattern are imported."""
    return never_imports(rf"(?!(?:{pattern})(?:\.|$))(?:reports|figures|build)")


def standard_library_or(pattern: str) -> Rule:
    """A rule: only the standard library is imported, and modules whose dotted name begins with the pattern."""
    standard = "|".join(sorted(sys.stdlib_module_names))
    return never_imports(rf"(?!(?:{standard}|{pattern})(?:\.|$)).+")


def imports_in_circles(files: Files) -> list[str]:
    """Modules that import each other, through however many others, when the program starts."""
    names = {modules(path) for path in files}
    ways: dict[str, set[str]] = {}
    for path, text in files.items():
        found = {name for _, name in imports(path, text, top_only=True)}
        found = {name if name in names else name.rpartition(".")[0] for name in found}
        ways[modules(path)] = (found & names) - {modules(path)}
    return sorted(f"{name} imports itself by way of others" for name in ways if name in _reached(ways, name))


def _reached(ways: Mapping[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    ahead = set(ways[start])
    while ahead:
        seen |= (step := ahead)
        ahead = {name for one in step for name in ways[one]} - seen
    return seen


def python_files(files: Files) -> list[str]:
    """Python files where none may be."""
    return [path for path in files if path.endswith((".py", ".pyc"))]


def without_docstring(files: Files) -> list[str]:
    """Modules that do not open with one line that ends in a full stop or colon."""
    return [path for path, text in files.items() if not _opening(text).endswith((".", ":", "?"))]


def _opening(text: str) -> str:
    first, _, rest = (ast.get_docstring(ast.parse(text)) or "").partition("\n")
    return "" if rest and rest.split("\n")[0].strip() else first


def long_files(files: Files) -> list[str]:
    """Files of more than 300 lines, exceptions apart."""
    counts = {path: len(text.splitlines()) for path, text in files.items() if path not in LONG_FILES}
    return [f"{path} has {count} lines" for path, count in counts.items() if count > 300]


def long_functions(files: Files) -> list[str]:
    """Functions of more than 40 lines, exceptions apart."""
    return [
        f"{path}:{node.lineno} {node.name}"
        for path, text in files.items()
        for node in ast.walk(ast.parse(text, path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= 40
        and f"{path}:{node.name}" not in LONG_FUNCTIONS
    ]


def pyplot(files: Files) -> list[str]:
    """Uses of pyplot, whose one global figure mixes charts up."""
    found = ((path, line, name) for path, text in files.items() for line, name in imports(path, text))
    return [f"{path}:{line} {name}" for path, line, name in found if "pyplot" in name]


def machine_words(files: Files) -> list[str]:
    """Hosts of package registries, and paths that exist on one machine only."""
    hosts = "|".join(re.escape(host) for host in HOSTS)
    folders = "|".join(re.escape(folder) for folder in MACHINE_PATHS)
    found = re.compile(rf"{hosts}|(?<![\w.$)}}>{{~])(?:{folders})\w|[A-Z]:\\\\?Users\\")
    return [
        f"{path}:{row} {match[0]}"
        for path, text in files.items()
        for row, line in enumerate(text.splitlines(), 1)
        for match in found.finditer(line)
    ]


def literals(text: str) -> Iterator[tuple[int, str]]:
    """Line and value of every string literal, docstrings left out."""
    tree = ast.parse(text)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def finnish_in_code(files: Files) -> list[str]:
    """String literals with Finnish letters, rows of letters apart, or with the name of a place of the data."""
    places = {
        name
        for path, text in files.items()
        if path.endswith("area.yaml")
        for name in re.findall(r"^\s*- name: *([^#\n]*[^#\s])", text, re.MULTILINE)
    }
    finnish = re.compile("|".join(["[åäöÅÄÖ]", *(rf"\b{re.escape(name)}\b" for name in sorted(places))]))
    letters = re.compile(r"\[[^]]*åäö[^]]*\]|^åäö$")
    return [
        f"{path}:{line} {value[:60]!r}"
        for path, text in files.items()
        if path.endswith(".py") and path not in FINNISH_IN_CODE
        for line, value in literals(text)
        if finnish.search(letters.sub("", value))
    ]


def idle_tests(files: Files) -> list[str]:
    """Tests that assert nothing."""
    return [
        f"{path}:{node.lineno} {node.name}"
        for path, text in files.items()
        for node in ast.walk(ast.parse(text, path))
        if isinstance(node, ast.FunctionDef) and node.name.startswith(("test_", "it_")) and not _asserts(node)
    ]


def _asserts(function: ast.FunctionDef) -> bool:
    """Whether a test has an assert, expects an exception, or calls a helper named for asserting."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            if name in {"raises", "warns", "fail"} or name.startswith("assert_"):
                return True
    return False
