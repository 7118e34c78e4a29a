"""The page of every key of the study file, which is kept in the repository, is what the models say."""

import importlib.util
import re
from pathlib import Path
from typing import get_args

import pytest

from capshare.study.study import Study

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "study-keys.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def written():
    """The module that writes the page; the documentation is no package."""
    spec = importlib.util.spec_from_file_location("keys", ROOT / "docs" / "keys_of_a_study.py")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def study_keys(model, path=""):
    """Keys of a study by section, found without the page's own code."""
    for name, field in model.model_fields.items():
        kind = str(field.annotation)
        inner = [part for part in parts_of(field.annotation) if hasattr(part, "model_fields")]
        for section in inner:
            place = f"{path}{name}"
            keys = {inner.alias or key for key, inner in section.model_fields.items()}
            yield (f"[[{place}]]" if "tuple[" in kind else f"[{place}]"), keys
            yield from study_keys(section, f"{place}.")


def parts_of(annotation):
    yield annotation
    for part in get_args(annotation):
        yield from parts_of(part)


def test_the_page_is_current(written):
    assert written.page() == PAGE, "run: python docs/keys_of_a_study.py"


def test_every_key_is_on_the_page():
    parts = re.split(r"^## `(.+)`$", PAGE, flags=re.MULTILINE)
    tables = dict(zip(parts[1::2], parts[2::2], strict=True))
    expected = dict(study_keys(Study))
    assert len(expected) > 15
    for section, keys in expected.items():
        assert set(re.findall(r"^\| `(\w+)` \|", tables[section], re.MULTILINE)) == keys, section
    assert {name.strip("[]").split(".")[0] for name in tables} == set(Study.model_fields)


def test_every_key_has_a_meaning():
    rows = re.findall(r"^\| `\w+` \|.*$", PAGE, re.MULTILINE)
    assert len(rows) > 100
    assert [row for row in rows if row.rstrip("|").rsplit("|", 1)[-1].strip() == ""] == []
