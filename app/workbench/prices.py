"""Prices of a solved year under names that cannot be taken for one another, and the rules that bind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from capshare.analyses.parts.market import market_price
from capshare.chain.prepared import PreparedStudy
from capshare.chain.solved_year import SolvedYear
from capshare.chain.stages.divide import NATIONAL
from capshare.reports.words.catalogue import LANGUAGES, term, text
from capshare.workbench.answers import Binding, Price

# Rows that hold in every split: that they bind says nothing.
_ALWAYS = ("cap", "coverage", "market", "entitled", "block_total")
_MARKET_AFTER = "market_after"


def prices(found: PreparedStudy, solved: SolvedYear) -> list[Price]:
    """Prices of the caps, of trade inside the programme, of planners' rules, and of the market afterwards.

    Parameters
    ----------
    found : the chain of the study
    solved : one of its years
    """
    told = [*_caps(solved), *_others(solved)]
    after = market_price(found, solved.data, solved.provinces["quota_mt"])
    labels = {f"label_{lang}": text("live.market_price", lang) for lang in LANGUAGES}
    market = Price(constraint=_MARKET_AFTER, name="national", price_yuan_per_t=after, kind="market", **labels)
    return [*told, market]


def _caps(solved: SolvedYear) -> Iterator[Price]:
    for name, price in solved.caps["price_yuan_per_t"].items():
        key = "live.target_price" if name == NATIONAL else "live.group_price"
        labels = {f"label_{lang}": text(key, lang, group=name) for lang in LANGUAGES}
        yield Price(constraint="cap", name=str(name), price_yuan_per_t=price, kind="target", **labels)


def _others(solved: SolvedYear) -> Iterator[Price]:
    prices = solved.prices["price_yuan_per_t"]
    for (constraint, name), price in zip(prices.index.tolist(), prices.tolist(), strict=True):
        if constraint == "market":
            labels = {f"label_{lang}": text("live.trade_price", lang) for lang in LANGUAGES}
            yield Price(constraint="market", name=str(name), price_yuan_per_t=price, kind="trade", **labels)
        elif constraint.startswith("rule_"):
            labels = {f"label_{lang}": text("live.rule_price", lang, rule=name) for lang in LANGUAGES}
            yield Price(
                constraint=str(constraint), name=str(name), price_yuan_per_t=price, kind="planner", **labels
            )


def binding_rules(found: PreparedStudy, solved: SolvedYear) -> list[Binding]:
    """The rules that hold with equality, without those that always do.

    Parameters
    ----------
    found, solved : as of :func:`prices`
    """
    binding = solved.prices.index[solved.prices["binding"].to_numpy(dtype=bool)]
    names = found.inputs.dataset.regions.names
    called = {lang: {str(code): str(name) for code, name in names[f"name_{lang}"].items()}
              for lang in LANGUAGES}  # fmt: skip
    return [
        Binding(constraint=constraint, name=name, **_called(constraint, name, called))
        for constraint, name in binding
        if constraint not in _ALWAYS
    ]


def _called(constraint: str, name: str, called: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    kind = "planner" if constraint.startswith("rule_") else constraint
    return {
        f"label_{lang}": text(
            "live.binding", lang, rule=term("constraints", kind, lang), name=called[lang].get(name, name)
        )
        for lang in LANGUAGES
    }
