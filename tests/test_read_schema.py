"""The JSON Schemas: as committed, and at one with the readers on what a file may hold."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from reports.read.decode import decode
from reports.read.schema import KINDS, schemas, write_schemas, written
from reports.read.shape import shape
from reports.read.yaml import Tree, read_yaml
from tests.read.slip import SOURCES, TEXT, Slip
from tests.read.spoilt import SLIPS

SHAPES = {
    "key-unknown",
    "key-missing",
    "shape-text",
    "shape-list",
    "shape-mapping",
    "shape-names",
    "choice",
    "decimals",
    "truth",
}
SHAPELY = [
    slip
    for slip in SLIPS
    if slip.code in SHAPES
    and not slip.file.endswith(".csv")
    and slip.title not in {"a language there is none of", "a table without rows", "a judgement that is none"}
]


def tree_of(path: Path) -> Tree:
    text, problems = decode(path.read_bytes(), path.name)
    assert problems == []
    tree, problems = read_yaml(text.split("---\n")[1] if path.suffix == ".md" else text, path.name)
    assert problems == []
    return tree


def kind_of(path: Path) -> str:
    return "text" if path.suffix == ".md" else path.stem


def accepted(path: Path) -> bool:
    try:
        TypeAdapter(written(KINDS[kind_of(path)])).validate_python(without_empty(tree_of(path).data))
    except ValidationError:
        return False
    return True


def without_empty(node):
    """A key without a value is one that is not there."""
    if isinstance(node, dict):
        return {key: without_empty(inner) for key, inner in node.items() if inner != ""}
    return [without_empty(inner) for inner in node] if isinstance(node, list) else node


def test_the_committed_schemas_are_the_models(root: Path) -> None:
    for name, schema in schemas().items():
        assert json.loads((root / "docs" / "schema" / f"{name}.json").read_text(encoding="utf-8")) == schema, name


def test_schemas_are_written_the_same_each_time(tmp_path: Path) -> None:
    first = {path.name: path.read_bytes() for path in write_schemas(tmp_path / "a")}
    assert first == {path.name: path.read_bytes() for path in write_schemas(tmp_path / "b")}
    assert set(first) == {f"{name}.json" for name in KINDS}


def test_keys_are_those_of_the_files() -> None:
    text = schemas()["text"]
    assert {"key-figures", "not-facts", "title"} <= set(text["properties"])
    assert schemas()["monthly"]["required"] == ["people", "areas"]
    indicator = schemas()["indicators"]["$defs"]["Indicator"]
    assert "group-name" in indicator["properties"]
    assert not {"id", "place"} & set(indicator["properties"])
    assert indicator["additionalProperties"] is False


@pytest.mark.parametrize("pattern", ["tests/home/data/**/*", "data/**/*"])
def test_what_the_reader_takes_the_schema_takes(pattern: str, root: Path) -> None:
    paths = [path for path in root.glob(pattern) if path.suffix in {".yaml", ".md"} and kind_of(path) in KINDS]
    assert len(paths) >= 5
    for path in paths:
        assert shape(KINDS[kind_of(path)], tree_of(path), file=path.name)[1] == [] if path.suffix == ".md" else True
        assert accepted(path), path


@pytest.mark.parametrize("slip", SHAPELY, ids=lambda slip: slip.title)
def test_what_the_reader_refuses_the_schema_refuses(slip: Slip, home: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(home, tmp_path / "home")
    slip.make(copy)
    assert not accepted(copy / slip.file)


def test_it_looks_at_enough_slips() -> None:
    assert {slip.file for slip in SHAPELY} >= {SOURCES, TEXT}
    assert len(SHAPELY) >= 8
