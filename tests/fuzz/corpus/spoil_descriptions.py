"""Ways in which a description of data or a study is wrong: values, keys, depth."""

import json

from corpus.spoil_text import TEXT

VALUES = (
    None,
    True,
    -1,
    0,
    5,
    10**400,
    1e308,
    float("nan"),
    float("inf"),
    "",
    "x",
    "../regions.csv",
    "/dev/zero",
    [],
    [[]],
    {},
    {"a": 1},
    "\x00",
    "\ud800",
    "x" * 5000,
)


def described(draw, content):
    """A value anywhere in it replaced or left out."""
    about = json.loads(content)
    places = list(_places(about))
    for _ in range(draw.pick(1, 1, 2)):
        parent, key = draw.pick(*places)
        if draw.chance(0.25) and isinstance(parent, dict):
            parent.pop(key, None)
        else:
            parent[key] = draw.pick(*VALUES)
    # json of the standard library writes NaN and numbers of any length, as hands do.
    return json.dumps(about)


def _places(value):
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, inner in list(entries):
        yield value, key
        yield from _places(inner)


def deep(draw, content):
    """Nested deeper than any reader goes."""
    depth = draw.pick(200, 900, 5000, 100_000)
    if content.lstrip().startswith("{"):
        return draw.pick("[" * depth + "]" * depth, '{"a":' * depth + "1" + "}" * depth)
    return content + draw.pick(
        f"deep = {'[' * depth}{']' * depth}\n",
        f"[{'a.' * depth}b]\n",
        f"deep = {'{a = ' * depth}1{'}' * depth}\n",
    )


def keys(draw, content):
    """A value of the study replaced by one of another kind."""
    lines = content.splitlines()
    assigned = [number for number, line in enumerate(lines) if "=" in line]
    number = draw.pick(*assigned)
    key = lines[number].split("=")[0]
    value = draw.pick(
        "",
        '""',
        "nan",
        "-inf",
        "inf",
        "1e400",
        "9" * 5000,
        "0x7fffffffffffffff",
        "true",
        "[]",
        "{}",
        "1979-05-27",
        "07:32:00",
        '"' + "x" * 70_000 + '"',
        "[" + "1, " * 50_000 + "]",
        "'''\n'''",
        '"\\u0000"',
        '"\\u000b"',
        "-0.0",
        "1e-320",
        '"=1+1"',
        '"../.."',
        "2017",
        "甲",
    )
    lines[number] = f"{draw.pick(key, key, key, '内蒙古 ', 'unknown ', key.upper())}= {value}"
    return "\n".join([*lines, ""])


JSON = (*TEXT, *(described,) * 8, deep, deep)


TOML = (*TEXT, *(keys,) * 8, deep, deep)
