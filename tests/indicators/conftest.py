"""A small made-up country as a data package, for the tests to spoil."""

import json

import pytest

TEXTS = {
    "regions": "code,name_en,aliases\nn,North Island,Nord\ns,South Island,\nw,West Island,\n",
    "provinces": "code,gdp_1e8yuan,plants\nw,3.5,\ns,2,7\nn,1e1,9\n",
    "panel": "code,year,variable,value,unit\nn,2016,gdp,9,1e8 yuan\nNord,2017,gdp,10,1e8 yuan\n",
    "national": "year,variable,value,unit\n2017,growth,-1.5,%\n2016,growth,2,%\n",
    "ranking": "region,rank\nWest Island,1\n",
}


def field(name, kind, **constraints):
    return {"name": name, "type": kind, "title": name.title(), "constraints": constraints}


def resource(name, role, fields, **more):
    return {"name": name, "role": role, "path": f"{name}.csv", "schema": {"fields": fields}, **more}


def long_fields(key):
    return [
        *([field(key, "string", required=True)] if key else []),
        field("year", "year", required=True),
        field("variable", "string", required=True),
        field("value", "number", required=True),
        field("unit", "string", required=True),
    ]


def islands():
    gdp = {"name": "gdp", "title": "GDP", "unit": "1e8 yuan"}
    ranking = resource("ranking", "published", [field("region", "string"), field("rank", "integer")])
    ranking["schema"]["primaryKey"] = ["region"]
    return {
        "name": "islands",
        "title": "Three islands",
        "resources": [
            resource(
                "regions",
                "regions",
                [field("code", "string"), field("name_en", "string"), field("aliases", "string")],
            ),
            resource(
                "provinces",
                "provinces",
                [
                    field("code", "string", required=True, unique=True),
                    field("gdp_1e8yuan", "number", required=True, minimum=0),
                    field("plants", "integer", maximum=100),
                ],
                base_year=2017,
            ),
            resource("panel", "panel", long_fields("code"), variables=[gdp]),
            resource("national", "national", long_fields(None), variables=[{"name": "growth", "unit": "%"}]),
            ranking,
        ],
    }


@pytest.fixture
def package():
    return islands()


@pytest.fixture
def folder(tmp_path):
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "datapackage.json").write_text(json.dumps(islands()), encoding="utf-8")
    return tmp_path


@pytest.fixture
def describe(folder):
    """Write another description into the folder."""

    def write(package):
        (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")

    return write


@pytest.fixture
def spoil(folder):
    """Replace a text in one of the folder's files; an empty one stands for the end."""

    def write(name, old, new):
        path = folder / f"{name}.csv"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new) if old else text + new, encoding="utf-8")

    return write
