"""What each province is entitled to: proportional to its share, clipped to its bounds; all live."""

from __future__ import annotations

import numpy as np

from capshare.reports.words.columns import MT, SHARE
from capshare.reports.workbook.affine import affine
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.sheets.assumptions import common_share
from capshare.reports.workbook.sheets.raw_shares import WEIGHT, share_formula, share_weight, weight_field
from capshare.reports.workbook.sheets.splits import WITHIN
from capshare.reports.workbook.sheets.target_entitlements import OFFSET, TARGETS, target_fields
from capshare.reports.workbook.sheets.years_shown import of_province

_HEAD = ("block_key", "emissions_mt", "score")
_BOUNDED = ("share", "floor_share", "floor_mt", "ceiling_share", "ceiling_mt")
_TAIL = ("factor", "entitlement_mt", "clipped", "free_weight", "fixed_mt", "slope", "constant_mt")


def reserve(builder: WorkbookBuilder) -> None:
    """Place the table.

    Parameters
    ----------
    builder : takes the place of ``entitlements``
    """
    weighed = share_weight(builder.data) is not None
    bounded = TARGETS if builder.data.targets else ((WEIGHT,) if weighed else ()) + _BOUNDED
    names = (*builder.identity, *_HEAD, *bounded, *_TAIL)
    builder.grid("entitlements", "entitlements", builder.data.rows, names)


def entitlements_sheet(builder: WorkbookBuilder) -> None:
    """One row per province and year.

    Parameters
    ----------
    builder : with the places of ``groups``, ``inputs``, ``assumptions``, ``scores`` and what :func:`reserve`
        placed
    """
    data = builder.data
    p, identity = data.provinces, builder.province_fields()
    builder.open("entitlements")
    builder.write(
        "entitlements",
        [
            *identity,
            _block_key(builder),
            emissions_field(builder),
            Field("score", p["score"].to_dict(), "live", lambda row: _of(builder, "scores", "score", row)),
            *_bounded(builder),
            *_projected(builder),
        ],
        frozen=len(identity),
    )


def _block_key(builder: WorkbookBuilder) -> Field:
    """The block whose cap the province shares: its group, with the year where there are several."""
    data, grid = builder.data, builder.grids["entitlements"]
    keys: dict[Label, object] = builder.block_keys()
    if data.is_national:
        return Field("block_key", keys)

    def formula(row: Label) -> str:
        year = f'{grid.at("year", row)}&" "&' if data.several else ""
        return f"{year}{_of(builder, 'scores', 'group', row)}"

    return Field("block_key", keys, "live", formula)


def _bounded(builder: WorkbookBuilder) -> list[Field]:
    if builder.data.targets is not None:
        return target_fields(builder, builder.data.targets)
    weight = share_weight(builder.data)
    weighed = [] if weight is None else [weight_field(builder, weight)]
    return [*weighed, _share(builder), *_bound(builder, "floor"), *_bound(builder, "ceiling")]


def _of(builder: WorkbookBuilder, source: str, name: str, row: Label) -> str:
    return of_province(builder, "entitlements", source, name, row)


def emissions_field(builder: WorkbookBuilder) -> Field:
    """Emissions before abatement: the inputs' in the base year, a baseline of their own in later ones.

    Parameters
    ----------
    builder : with the place of ``inputs``
    """
    data, emissions = builder.data, builder.data.provinces["emissions_mt"]
    if "baseline" in builder.grids:
        baseline = builder.grids["baseline"]
        return Field(
            "emissions_mt", emissions.to_dict(), "live", lambda row: baseline.peer("emissions_mt", row)
        )
    base = data.inputs["emissions_mt"].reindex(emissions.index.get_level_values("code"))
    if np.allclose(emissions, base, rtol=1e-12, atol=0.0):
        return Field(
            "emissions_mt",
            emissions.to_dict(),
            "live",
            lambda row: _of(builder, "inputs", "emissions_mt", row),
        )
    return Field("emissions_mt", emissions.to_dict(), "solved")


def _share(builder: WorkbookBuilder) -> Field:
    data, grid = builder.data, builder.grids["entitlements"]
    share, base = data.raw_share, data.share_base
    if share is None:
        return Field("share", dict.fromkeys(data.rows, ""), "text", unit="")
    if base == "score":
        return Field("share", share.to_dict(), "live", lambda row: grid.at("score", row), "")
    if base is not None:
        return Field("share", share.to_dict(), "live", lambda row: _of(builder, "inputs", base, row), "")
    if (formula := share_formula(builder)) is not None:
        return Field("share", share.to_dict(), "live", formula, MT)
    return Field("share", share.to_dict(), "solved", unit="")


def _bound(builder: WorkbookBuilder, name: str) -> list[Field]:
    data, grid = builder.data, builder.grids["entitlements"]
    bound = data.provinces[f"{name}_mt"]
    emissions = data.inputs["emissions_mt"].reindex(bound.index.get_level_values("code"))
    emissions = emissions.set_axis(bound.index)
    common = common_share(data, name)
    unlimited = builder.words("no_limit")
    if common is None:
        share = (bound / emissions.where(emissions > 0, 1.0)).round(12)
        first = Field(f"{name}_share", share.to_dict(), "solved", unit=SHARE)
    else:
        values = dict.fromkeys(data.rows, common)
        first = Field(f"{name}_share", values, "live", lambda _: builder.named(f"{name}_of_all"), SHARE)

    def amount(row: Label) -> str:
        part = grid.at(f"{name}_share", row)
        return f"IF(ISNUMBER({part}),{part}*{_of(builder, 'inputs', 'emissions_mt', row)},{unlimited})"

    return [first, Field(f"{name}_mt", bound.to_dict(), "live", amount)]


def _projected(builder: WorkbookBuilder) -> list[Field]:
    data = builder.data
    split = affine(data)
    if split is None or not builder.splits.has(WITHIN):
        blank: dict[Label, object] = dict.fromkeys(data.rows, "")
        known = data.provinces["entitlement_mt"].to_dict()
        return [
            Field(
                name,
                known if name == "entitlement_mt" else blank,
                "solved",
                unit=MT if name == _TAIL[1] else "",
            )
            for name in _TAIL
        ]
    share = data.raw_share
    free = share.where(split["clipped"] == "", 0.0) if share is not None else split["slope"]
    moved = 0.0 if data.targets is None else data.targets.offset_mt
    fixed = split["entitlement_mt"].where(split["clipped"] != "", moved)
    words = split["clipped"].map(lambda side: builder.say(f"end.{side}") if side else "")
    factors = {row: builder.splits.factor(WITHIN, _block(builder, row)) for row in data.rows}
    return [
        Field("factor", factors, "live", lambda row: _factor(builder, row), ""),
        Field("entitlement_mt", split["entitlement_mt"].to_dict(), "live", lambda row: _clip(builder, row)),
        Field("clipped", words.to_dict(), "live", lambda row: _clipped(builder, row), ""),
        Field("free_weight", free.to_dict(), "live", lambda row: _free(builder, row), ""),
        Field("fixed_mt", fixed.to_dict(), "live", lambda row: _fixed(builder, row)),
        Field("slope", split["slope"].to_dict(), "live", lambda row: _slope(builder, row), ""),
        Field("constant_mt", split["constant_mt"].to_dict(), "live", lambda row: _constant(builder, row)),
    ]


def _block(builder: WorkbookBuilder, row: Label) -> tuple[int, str]:
    return builder.data.block_of[row]


def _factor(builder: WorkbookBuilder, row: Label) -> str:
    key = builder.grids["entitlements"].at("block_key", row)
    return builder.grids["groups"].find("factor_within", key, "block_key")


def _cells(builder: WorkbookBuilder, row: Label, *names: str) -> list[str]:
    return [builder.grids["entitlements"].at(name, row) for name in names]


def _clip(builder: WorkbookBuilder, row: Label) -> str:
    factor, share, low, high = _cells(builder, row, "factor", "share", "floor_mt", "ceiling_mt")
    return f"MAX({low},MIN({factor}*{share}{_offset(builder, row, '+')},{high}))"


def _offset(builder: WorkbookBuilder, row: Label, sign: str) -> str:
    """What the entitlement is moved by besides its part in proportion: nothing, or the points of a cut."""
    return f"{sign}{builder.grids['entitlements'].at(OFFSET, row)}" if builder.data.targets else ""


def _clipped(builder: WorkbookBuilder, row: Label) -> str:
    factor, share, low, high = _cells(builder, row, "factor", "share", "floor_mt", "ceiling_mt")
    reached = f"{factor}+{builder.named('rounding')}*ABS({factor})"
    less = _offset(builder, row, "-")
    lowest, highest = (f"({bound}{less})" if less else bound for bound in (low, high))
    floor, ceiling = (f'"{builder.say(f"end.{end}")}"' for end in ("floor", "ceiling"))
    at_ceiling = f'IF(ISNUMBER({high}),IF({highest}/{share}<={reached},{ceiling},""),"")'
    at_floor = f"IF({low}={high},{floor},IF({lowest}/{share}>{reached},{floor},{at_ceiling}))"
    return f"IF({share}>0,{at_floor},{floor})"


def _free(builder: WorkbookBuilder, row: Label) -> str:
    clipped, share = _cells(builder, row, "clipped", "share")
    return f'IF({clipped}="",{share},0)'


def _fixed(builder: WorkbookBuilder, row: Label) -> str:
    clipped, amount = _cells(builder, row, "clipped", "entitlement_mt")
    return f'IF({clipped}="",{_offset(builder, row, "") or 0},{amount})'


def _of_block(builder: WorkbookBuilder, row: Label, column: str) -> str:
    grid = builder.grids["entitlements"]
    return grid.sum_where(column, block_key=grid.at("block_key", row))


def _slope(builder: WorkbookBuilder, row: Label) -> str:
    (free,) = _cells(builder, row, "free_weight")
    return f"IF({free}>0,{free}/{_of_block(builder, row, 'free_weight')},0)"


def _constant(builder: WorkbookBuilder, row: Label) -> str:
    free, slope, fixed = _cells(builder, row, "free_weight", "slope", "fixed_mt")
    own = fixed if builder.data.targets else ""
    return f"IF({free}>0,{own}-{slope}*{_of_block(builder, row, 'fixed_mt')},{fixed})"
