"""The structure of the package: nothing imports in a circle, files are one idea, classes are small."""

import ast
from dataclasses import fields, is_dataclass
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = {"app": "capshare"} | {
    name: f"capshare.{name}" for name in ("indicators", "model", "reports", "solvers")
}
MOST_LINES, MOST_FIELDS = 250, 15


def modules():
    """Module → its file."""
    found = {}
    for folder, package in FOLDERS.items():
        for path in (ROOT / folder).rglob("*.py"):
            parts = path.relative_to(ROOT / folder).with_suffix("").parts
            name = ".".join([package, *(part for part in parts if part != "__init__")])
            found[name] = path
    return found


MODULES = modules()


def imported(path):
    """Modules of the package that a file imports anywhere, for types alone too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in MODULES else node.module for name in inner)


def test_no_file_imports_in_a_circle():
    graph = {name: {other for other in imported(path) if other in MODULES and other != name}
             for name, path in MODULES.items()}  # fmt: skip
    assert sum(map(len, graph.values())) > len(graph)
    # The package's face hands names on that it imports when they are asked for.
    graph["capshare"] = set()
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(error.args[1]))


def test_no_file_is_longer_than_one_idea():
    long = {name: lines for name, path in MODULES.items()
            if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES}  # fmt: skip
    assert long == {}


def test_no_class_has_more_fields_than_a_reader_can_hold():
    large = []
    for name in MODULES:
        if name.endswith("__main__"):
            continue
        for value in vars(import_module(name)).values():
            own = isinstance(value, type) and value.__module__ == name
            if own and is_dataclass(value) and len(fields(value)) > MOST_FIELDS:
                large.append(f"{name}.{value.__name__}")
    assert large == []
