"""Data packages: a description and its tables, as files."""

import csv
import io
import json

COLUMNS = {
    "gdp_1e8yuan": "1e8 yuan",
    "population_1e4": "1e4 persons",
    "inventory_mt": "Mt CO2",
    "forest_1e4m3": "1e4 m3",
    "price_yuan_per_t": "yuan/t",
    "coal_1e4t": "1e4 t",
    "natural_gas_1e8m3": "1e8 m3",
}
EARLIER = {"group_share_pct": "%", "allocation_1e8t": "1e8 t CO2", "balance_1e8t": "1e8 t CO2"}


def package(codes, names, rows, published=()):
    """Files of a data package."""
    regions = [{"code": code, "name_en": name} for code, name in zip(codes, names, strict=True)]
    provinces = [{"code": code, **row} for code, row in zip(codes, rows, strict=True)]
    national = [{"year": 2017, "variable": "carbon_price", "value": 50.0, "unit": "yuan/t"}]
    words = [_field("code"), _field("name_en")]
    resources = [
        _resource("regions", "regions", words),
        {
            **_resource("provinces", "provinces", [words[0], *map(_field, COLUMNS, COLUMNS.values())]),
            "base_year": 2017,
        },
        _resource(
            "national",
            "national",
            [
                {"name": "year", "type": "year", "title": "Year"},
                _field("variable"),
                {"name": "value", "type": "number", "title": "Value"},
                _field("unit"),
            ],
        )
        | {"variables": [{"name": "carbon_price", "title": "Carbon price", "unit": "yuan/t"}]},
    ]
    files = {
        "data/regions.csv": _csv(regions),
        "data/provinces.csv": _csv(provinces),
        "data/national.csv": _csv(national),
    }
    for table in published:
        fields = [words[0], _field("group"), *map(_field, EARLIER, EARLIER.values()), _field("type_en")]
        resources.append(_resource("earlier", "published", fields))
        files["data/earlier.csv"] = _csv(table)
    about = {"name": "made-up", "title": "Made up", "resources": resources}
    return {**files, "data/datapackage.json": json.dumps(about, indent=1)}


def _field(name, unit=""):
    kind = "number" if unit else "string"
    about = {"name": name, "type": kind, "title": name, "unit": unit, "constraints": {"required": True}}
    return {**about, "source": "made up"} if unit else about


def _resource(name, role, fields):
    return {"name": name, "role": role, "path": f"{name}.csv", "schema": {"fields": fields}}


def _csv(rows):
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()
