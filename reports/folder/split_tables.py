"""The tables of a run from its inputs to quotas and prices, and where their frames stand in its outcome."""

from __future__ import annotations

from capshare.reports.folder.table import Table

_PROVINCE_COLUMNS = (
    "name_en name_zh group score entitlement_mt emissions_mt floor_mt ceiling_mt quota_mt quota_share "
    "balance_mt balance_class cause intensity_cut_pct abatement_mt purchase_mt sale_mt uncovered_mt "
    "cost_1e8yuan penalty_1e8yuan value_yuan_per_t"
)
_GROUP_COLUMNS = "members cap_mt cap_share price_yuan_per_t price_low_yuan_per_t price_high_yuan_per_t"

SPLIT = (
    Table(
        "inputs_used",
        "inputs.table",
        ("code",),
        "Figures of the dataset",
        "One row per province: the columns of the dataset that the study uses, and the emissions.",
        open=True,
        blanks=True,
    ),
    Table(
        "input_fields",
        "inputs.fields",
        ("column",),
        "Columns of the dataset",
        "One row per column of the dataset that the study uses: titles, unit, source and status.",
    ),
    Table(
        "indicators",
        "inputs.indicators",
        ("code",),
        "Indicators",
        "One row per province: the indicators as they are, each in its own unit.",
        open=True,
    ),
    Table(
        "nowcast",
        "inputs.nowcast",
        ("nowcast_year", "code"),
        "Nowcast of emissions",
        "One row per province and year up to the base year: what its emissions are carried by.",
        ("growth_pct", "intensity_change_pct", "own_change_pct", "rescaling", "factor", "emissions_mt"),
        blanks=True,
    ),
    Table(
        "electricity",
        "inputs.electricity",
        ("code",),
        "Electricity that crosses borders",
        "One row per province: its emissions by production, by consumption of electricity, and shared.",
        (
            *("generation_twh", "consumption_twh", "net_import_twh", "factor_kg_per_kwh"),
            *("production_mt", "consumption_mt", "shared_mt", "difference_mt"),
            *("published_consumption_twh", "generation_year", "consumption_year", "factor_year"),
        ),
    ),
    Table(
        "gdp",
        "inputs.gdp_1e8yuan",
        ("year", "code"),
        "Provincial GDP",
        "One row per province: GDP at the prices of the base year, which the baseline follows.",
        ("gdp_1e8yuan",),
    ),
    Table(
        "constraints",
        "inputs.constraint_table",
        ("year", "name", "code"),
        "Planners' own constraints",
        "One row per constraint and province that it names: coefficient, share of all quotas, and bound.",
        ("coefficient", "sense", "share", "bound_mt"),
    ),
    Table(
        "cap",
        "cap.path",
        ("year",),
        "National cap",
        "One row per year: the emissions allowed to all provinces together.",
        ("cap_mt",),
    ),
    Table(
        "cap_starts",
        "cap.starts",
        ("start", "year"),
        "The cap from the other starting point",
        "One row per starting point and year: the same pledges from another start.",
        ("cap_mt", "difference_mt", "difference_pct"),
    ),
    Table(
        "years",
        "cap.years",
        ("year",),
        "Year by year",
        "One row per year: sums, prices and how many provinces are at a bound.",
    ),
    Table(
        "weights",
        "weights.table",
        ("indicator",),
        "Indicator weights",
        "One row per indicator: how much it counts in the score that shares out the cap.",
        ("principle", "direction", "entropy", "weight"),
    ),
    Table(
        "normalised",
        "weights.normalised",
        ("code",),
        "Normalised indicators",
        "One row per province: each indicator on a scale from 0 to 1, where 1 earns the most quota.",
        open=True,
    ),
    Table(
        "groups",
        "allocation.blocks",
        ("year", "group"),
        "Groups and the price of their caps",
        "One row per group: its cap, and what one tonne more (next) or less (last) of it is worth.",
        tuple(_GROUP_COLUMNS.split()),
        one_sided=True,
    ),
    Table(
        "block_weights",
        "groups.block_weight",
        ("group",),
        "Weights of the blocks",
        "One row per block: what the caps are in proportion to before floors and ceilings.",
        ("block_weight",),
    ),
    Table(
        "provinces",
        "allocation.provinces",
        ("year", "code"),
        "Provinces: quota, balance and cost",
        "One row per province: what it gets, what it emits, and what the difference costs it.",
        tuple(_PROVINCE_COLUMNS.split()),
    ),
    Table(
        "prices",
        "prices",
        ("year", "constraint", "name"),
        "Prices of the constraints",
        "One row per constraint: what easing it by one tonne would save; zero where it does not bind.",
        ("price_yuan_per_t", "binding"),
        one_sided=True,
    ),
    Table(
        "contributions",
        "allocation.contributions",
        ("year", "code"),
        "Contributions to the prices of the caps",
        "One row per province: its part of the price of its block's cap; not the permit price.",
    ),
    Table(
        "raw_shares",
        "allocation.raw_share",
        ("year", "code"),
        "Raw shares",
        "One row per province: what entitlements are in proportion to before floors and ceilings.",
        ("raw_share_mt",),
    ),
    Table(
        "grouping",
        "groups.loss",
        ("year", "code"),
        "What grouping changed",
        "One row per province: entitlement and quota with groups, and with one national block instead.",
    ),
    Table(
        "group_choice",
        "groups.firmness.choice",
        ("k",),
        "How many groups",
        "One row per number of groups: how well the provinces fall into so many.",
        ("inertia", "silhouette", "calinski_harabasz", "gap", "gap_rise", "gap_se", "asked"),
    ),
    Table(
        "group_stability",
        "groups.firmness.stability",
        ("code",),
        "How firm the groups are",
        "One row per province: how often it stays with its group when provinces or indicators vary.",
        ("group", "members", "stability_resampling", "stability_noise", "group_jaccard"),
    ),
)
