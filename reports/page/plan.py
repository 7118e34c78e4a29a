"""The plan of the page, in the order of the chain: which charts and tables each section holds."""

from __future__ import annotations

from capshare.reports.page.ensemble import ENSEMBLE
from capshare.reports.page.tables import Shown
from capshare.reports.page.whose_emissions import ELECTRICITY, MARKET_SECTORS

_ALL_PRICES = ("price_yuan_per_t", "price_low_yuan_per_t", "price_high_yuan_per_t", "binding")
_EDITED = ("sheet", "cell", "column", "row_name", "value_before", "value_after", "unit", "study_key")

# Section → its charts, its tables. A chart or a table that an outcome lacks is left out.
PLAN: dict[str, tuple[tuple[str, ...], tuple[Shown, ...]]] = {
    "edits": (
        (),
        (Shown("edits", _EDITED), Shown("before_after_years"), Shown("before_after", folded=True)),
    ),
    "targets": (
        ("targets",),
        (
            Shown(
                "targets",
                (
                    "tier",
                    "entitled_cut_pct",
                    "cut_pct",
                    "rounded_cut_pct",
                    "rest_rounded_cut_pct",
                    "rounded_quota_mt",
                    "decided_by",
                    "cut_*_pct",
                ),
            ),
            Shown("pledge"),
        ),
    ),
    "sensitivity": (
        ("tornado", "sensitivity"),
        (
            Shown("sensitivity_nation", ("value", "moved_mt", "price_yuan_per_t", "cost_1e8yuan", "reason")),
            Shown("sensitivity_ranges", folded=True),
        ),
    ),
    "ensemble": ENSEMBLE,
    "cap": (
        ("cap",),
        (
            Shown("years"),
            Shown("cap", ("cap_mt", "divided_mt", "gdp_ratio", "cut_pct", "cut_status"), folded=True),
            Shown("cap_starts", ("cap_mt", "difference_mt", "difference_pct"), folded=True),
        ),
    ),
    "weights": (("weights",), (Shown("weights"), Shown("normalised", folded=True))),
    "groups": (
        ("groups",),
        (
            Shown("groups", ("members", "cap_mt", "cap_share")),
            Shown("grouping", folded=True),
            Shown("group_choice", folded=True),
            Shown("group_stability", folded=True),
        ),
    ),
    "quotas": (
        ("quotas",),
        (
            Shown(
                "provinces",
                ("group", "score", "entitlement_mt", "emissions_mt", "floor_mt", "quota_mt", "quota_share"),
            ),
            Shown(
                "intensity_targets",
                (
                    "base_intensity_t_per_1e4yuan",
                    "intensity_t_per_1e4yuan",
                    "cut_vs_base_pct",
                    "target_*_pct",
                ),
                folded=True,
            ),
        ),
    ),
    "market_sectors": MARKET_SECTORS,
    "electricity": ELECTRICITY,
    "prices": (
        ("prices", "contributions", "merit_order", "province_costs"),
        (
            Shown("groups", _ALL_PRICES[:3]),
            Shown("prices", _ALL_PRICES, folded=True),
            Shown("contributions", folded=True),
            Shown("marginal_costs", folded=True),
            Shown("cost_curves", folded=True),
            Shown("cost_fit", folded=True),
        ),
    ),
    "drivers": (
        ("cap_curve",),
        (
            Shown("curve_prices"),
            Shown("constraint_costs"),
            Shown("costs_compared", folded=True),
            Shown("quota_ranges", folded=True),
            Shown("cap_curve", folded=True),
        ),
    ),
    "balance": (
        ("balance",),
        (
            Shown("provinces", ("emissions_mt", "quota_mt", "balance_mt", "balance_class", "cause")),
            Shown("balance_values", folded=True),
        ),
    ),
    "market": (
        ("market",),
        (
            Shown(
                "provinces",
                (
                    "abatement_mt",
                    "purchase_mt",
                    "sale_mt",
                    "uncovered_mt",
                    "cost_1e8yuan",
                    "value_yuan_per_t",
                ),
            ),
            Shown("market_years", ("price_yuan_per_t", "regime", "traded_mt", "gain_1e8yuan")),
            Shown(
                "market",
                ("net_purchase_mt", "net_payment_1e8yuan", "no_trade_cost_1e8yuan", "gain_1e8yuan"),
                folded=True,
            ),
        ),
    ),
    "potential": (("potential",), (Shown("potential", ("score", "rank", "tier")),)),
    "comparison": (
        ("rules", "published"),
        (
            Shown(
                "fairness",
                ("gini_per_head", "gini_per_gdp", "largest_cut_pct", "winners", "losers", "cost_1e8yuan"),
            ),
            Shown("agreement", ("value", "unit")),
            Shown("within_rules"),
            Shown("readings", folded=True),
            Shown("published", folded=True),
            Shown("principle_mix", folded=True),
            Shown("comparison", folded=True),
        ),
    ),
}
