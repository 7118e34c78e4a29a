"""The structure of the package: nothing imports in a circle, files are one idea, classes are small."""

import ast
import re
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
# Read as attributes, called by pydantic with what it chooses, or written for the type checker alone.
NOT_CALLED = {"property", "cached_property", "setter", "overload"} | {
    f"{what}_{when}" for what in ("field", "model") for when in ("validator", "serializer")
}
PARAMETERS = re.compile(r"^Parameters\n-+\n(.*?)(?=\n\n?[A-Z]\w+\n---|\Z)", re.DOTALL | re.MULTILINE)


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


def decorators(function):
    """Every name in a function's decorators: of ``@click.option(…)`` both."""
    return {
        part.id if isinstance(part, ast.Name) else part.attr
        for decorator in function.decorator_list
        for part in ast.walk(decorator)
        if isinstance(part, ast.Name | ast.Attribute)
    }


def public_functions(tree):
    """Name → function, of a file's public functions and of its public classes' public methods."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node.name, node, [argument.arg for argument in arguments(node)]
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for method in node.body:
                if isinstance(method, ast.FunctionDef) and not method.name.startswith("_"):
                    own = 0 if "staticmethod" in decorators(method) else 1
                    taken = [argument.arg for argument in arguments(method)]
                    yield f"{node.name}.{method.name}", method, taken[own:]


def arguments(function):
    every = function.args
    more = [argument for argument in (every.vararg, every.kwarg) if argument is not None]
    return [*every.posonlyargs, *every.args, *every.kwonlyargs, *more]


def said(function):
    """Arguments that the Parameters block of a docstring tells about: ``first, second : what they are``."""
    block = PARAMETERS.search(ast.get_docstring(function) or "")
    lines = block[1].splitlines() if block else []
    told = [line.partition(" : ") for line in lines if line[:1].strip()]
    return sorted(name.strip() for names, _, meaning in told if meaning.strip() for name in names.split(","))


def unsaid(tree, is_command=False):
    """Public functions whose Parameters block is missing, or names other arguments than they take."""
    return [
        name
        for name, function, taken in public_functions(tree)
        # What a command takes is told by the help of its arguments and options.
        if not (is_command and function.decorator_list)
        and not decorators(function) & NOT_CALLED
        and said(function) != sorted(taken)
    ]


def test_every_public_function_says_what_it_takes():
    silent = [
        f"{module}.{name}"
        for module, path in MODULES.items()
        for name in unsaid(ast.parse(path.read_text(encoding="utf-8")), ".commands." in module)
    ]
    assert silent == []


QUOTA = '''
def quota(first, *, second):
    """Give a quota.

    Parameters
    ----------
    {}

    Returns
    -------
    float
    """
'''


def test_a_block_that_names_every_argument_is_enough():
    block = "first : one, Mt\n    second : another,\n        on two lines"
    assert unsaid(ast.parse(QUOTA.format(block))) == []


@pytest.mark.parametrize(
    "block",
    [
        "",
        "first : one, Mt",
        "first : one, Mt\n    other : another",
        "first : one, Mt\n    second :",
        "first : one, Mt\n    second : another\n    third : more",
    ],
)
def test_a_missing_or_misnamed_argument_is_seen(block):
    assert unsaid(ast.parse(QUOTA.format(block))) == ["quota"]
