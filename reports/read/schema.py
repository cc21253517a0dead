"""The model's classes -> a JSON Schema for each kind of YAML file, for editors that complete and check while typing."""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin

from reports.home import HomeSetup
from reports.intake.mapping import FileMapping
from reports.model import MOST_DECIMALS, AreaSetup, Indicator, Source, Sum
from reports.month.monthly_setup import Comparability, Monthly
from reports.period import Period
from reports.plan.model import FollowUpNotes, Plan
from reports.read.shape import fields_of, required
from reports.text import Placed, Text

KINDS: Mapping[str, Any] = {
    "home": HomeSetup,
    "area": AreaSetup,
    "indicators": Mapping[str, Indicator],
    "sources": Mapping[str, Source],
    "sums": tuple[Sum, ...],
    "text": Text,
    "plan": Plan,
    "followup": FollowUpNotes,
    "monthly": Monthly,
    "breaks": tuple[Comparability, ...],
    "mapping": FileMapping,
}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
# An editor sees `code: 734` as a number and `2021-03` as text; to the program both are what was typed.
_SCALAR = {"type": ["string", "number", "boolean"]}


def schemas(extra: Mapping[str, Any] | None = None) -> dict[str, dict[str, Any]]:
    """The schema of each kind of file by name; `extra` adds kinds of other rooms (a recipe): name -> class."""
    kinds = {**KINDS, **(extra or {})}
    return {name: {"$schema": _DIALECT, "title": name, **_schema(kind)} for name, kind in kinds.items()}


def write_schemas(folder: Path, extra: Mapping[str, Any] | None = None) -> list[Path]:
    """Write each schema to FOLDER/NAME.json; gives the files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, schema in schemas(extra).items():
        path = folder / f"{name}.json"
        path.write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
        paths.append(path)
    return paths


@cache
def written(kind: Any) -> Any:
    """The type of what stands in a file for a type of the model, fit for pydantic's TypeAdapter.

    Keys have hyphens, unknown ones are forbidden, and fields that the reader fills are left out.
    """
    from pydantic import Field, WithJsonSchema

    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        entry = written(inner[0])
        return list[entry] | entry if inner[0] is Placed else list[entry]  # type: ignore[valid-type]
    if origin is Mapping:
        return dict[str, written(inner[1])]  # type: ignore[misc]
    if origin in (Union, types.UnionType):
        return written(inner[0])
    if kind is int:
        return Annotated[int, Field(ge=0, le=MOST_DECIMALS)]
    if kind is bool:
        return Annotated[bool, WithJsonSchema({"enum": ["yes", "no", True, False]})]
    if kind in (str, Placed, Period, Decimal):
        return Annotated[str, WithJsonSchema(_SCALAR)]
    if not dataclasses.is_dataclass(kind):
        return kind
    model = _model(kind)
    return model | Annotated[str, WithJsonSchema(_SCALAR)] if hasattr(kind, "SHORT") else model


def _model(kind: Any) -> Any:
    """The keys that a file may hold for a class, as a TypedDict, since keys may have hyphens in them."""
    import typing_extensions

    keys = {
        key: written(hint) if required(field) else typing_extensions.NotRequired[written(hint)]
        for key, (field, hint) in fields_of(kind).items()
    }
    typed_dict: Any = typing_extensions.TypedDict
    model = typed_dict(kind.__name__, keys)
    model.__pydantic_config__ = {"extra": "forbid"}
    model.__doc__ = kind.__doc__
    return model


def _schema(kind: Any) -> dict[str, Any]:
    from pydantic import TypeAdapter

    schema: dict[str, Any] = _without_titles(TypeAdapter(written(kind)).json_schema())
    return schema


def _without_titles(schema: Any) -> Any:
    """The schema without the titles that are made of the keys and say nothing more."""
    if isinstance(schema, list):
        return [_without_titles(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _without_titles(value) for key, value in schema.items()}
    return {key: value for key, value in kept.items() if key != "title" or not isinstance(value, str)}
