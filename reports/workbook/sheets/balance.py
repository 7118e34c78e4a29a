"""Balance of quota and emissions, its class and its cause; all live."""

from __future__ import annotations

from capshare.model.outcome.balance import BALANCE_CLASSES
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label

_NAMES = ("quota_mt", "emissions_mt", "balance_mt", "quota_to_emissions", "balance_class", "cause")


def balance_sheet(builder: WorkbookBuilder) -> None:
    """One row per province and year.

    Parameters
    ----------
    builder : with the places of ``allocation``, ``entitlements`` and ``assumptions``
    """
    data = builder.data
    p, identity = data.provinces, builder.province_fields()
    grid = builder.grid("balance", "balance", data.rows, builder.identity + _NAMES)
    ratio = (p["quota_mt"] / p["emissions_mt"].where(p["emissions_mt"] > 0)).fillna(0.0)
    builder.open("balance")
    builder.write(
        "balance",
        [
            *identity,
            builder.link("quota_mt", "allocation", "quota_mt", p["quota_mt"]),
            builder.link("emissions_mt", "entitlements", "emissions_mt", p["emissions_mt"]),
            Field(
                "balance_mt",
                p["balance_mt"].to_dict(),
                "live",
                lambda row: f"{grid.at('quota_mt', row)}-{grid.at('emissions_mt', row)}",
            ),
            Field("quota_to_emissions", ratio.to_dict(), "live", lambda row: _ratio(builder, row), "share"),
            Field(
                "balance_class",
                p["balance_class"].map(builder.word).to_dict(),
                "live",
                lambda row: _class(builder, row),
                "",
            ),
            Field(
                "cause", p["cause"].map(builder.word).to_dict(), "live", lambda row: _cause(builder, row), ""
            ),
        ],
        frozen=len(identity),
        totals=("quota_mt", "emissions_mt", "balance_mt"),
    )


def _ratio(builder: WorkbookBuilder, row: Label) -> str:
    quota, emissions = (builder.grids["balance"].at(name, row) for name in ("quota_mt", "emissions_mt"))
    return f"IF({emissions}>0,{quota}/{emissions},0)"


def _class(builder: WorkbookBuilder, row: Label) -> str:
    balance = builder.grids["balance"].at("balance_mt", row)
    slight, severe = (builder.named(name) for name in ("slight_mt", "severe_mt"))
    ample, moderate, little, balanced, light, medium, strong = map(builder.words, BALANCE_CLASSES)
    up = f"IF({balance}<{slight},{little},IF({balance}<{severe},{moderate},{ample}))"
    down = f"IF(-{balance}<{slight},{light},IF(-{balance}<{severe},{medium},{strong}))"
    return f"IF(ABS({balance})<{builder.named('balanced_mt')},{balanced},IF({balance}>0,{up},{down}))"


def _cause(builder: WorkbookBuilder, row: Label) -> str:
    quota, emissions = (builder.grids["balance"].at(name, row) for name in ("quota_mt", "emissions_mt"))
    limit = builder.named("cause_mt")

    def of_quota(level: str) -> str:
        high, low = (builder.words(f"{level} emissions, {size} quota") for size in ("high", "low"))
        return f"IF({quota}>={limit},{high},{low})"

    return f"IF({emissions}>={limit},{of_quota('high')},{of_quota('low')})"
