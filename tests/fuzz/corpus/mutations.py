"""Files of a small country, one of them spoiled."""

from corpus import forms
from corpus.spoil_books import BOOK
from corpus.spoil_descriptions import JSON, TOML
from corpus.spoil_tables import TABLE
from corpus.spoil_text import as_bytes, flipped, inserted, truncated


def files(draw):
    """Files of a country, one of them spoiled once or twice."""
    match draw.pick("csv", "csv", "json", "toml", "xlsx", "xlsx"):
        case "csv":
            return _package(draw, draw.pick("regions.csv", "provinces.csv", "provinces.csv", "national.csv"))
        case "json":
            return _package(draw, "datapackage.json")
        case "toml":
            whole = {**forms.country(), "study.toml": forms.study("data")}
            return whole | {"study.toml": _spoiled(draw, whole["study.toml"], TOML)}
        case _:
            return {
                "study.toml": forms.study("data.xlsx"),
                "data.xlsx": _spoiled(draw, forms.workbook(), BOOK),
            }


def _package(draw, name):
    whole = {**forms.country(), "study.toml": forms.study("data")}
    ways = JSON if name.endswith("json") else TABLE
    return whole | {f"data/{name}": _spoiled(draw, whole[f"data/{name}"], ways)}


def _spoiled(draw, content, ways):
    content = as_bytes(draw.pick(*ways)(draw, content))
    return draw.pick(flipped, truncated, inserted)(draw, content) if draw.chance(0.3) else content
