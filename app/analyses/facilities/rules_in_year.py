"""The rules of one year as the model takes them, of the parameters of a market."""

from __future__ import annotations

import pandas as pd

from capshare.analyses.facilities.parameters import Parameters, RuleSection
from capshare.base.spelling import exact_key
from capshare.model.facilities.rules import SectorRule, Terms


def terms(parameters: Parameters) -> Terms:
    """The terms that hold for every sector.

    Parameters
    ----------
    parameters : of the market
    """
    said = parameters.terms
    return Terms(**{name: getattr(said, name).value for name in type(said).model_fields})


def rules_in_year(parameters: Parameters, year: int) -> dict[str, SectorRule]:
    """Sector → its rule in a year; a sector without one is left out.

    Parameters
    ----------
    parameters : of the market
    year : of the emissions
    """
    return {
        sector.name: _rule(sector.name, rule)
        for sector in parameters.sector
        for rule in sector.rule
        if rule.first_year <= year <= rule.last_year
    }


def _rule(sector: str, rule: RuleSection) -> SectorRule:
    classes = pd.DataFrame(
        {
            "benchmark": [each.benchmark for each in rule.class_],
            "heat_benchmark": [each.heat_benchmark for each in rule.class_],
        },
        index=pd.Index([each.name for each in rule.class_], name="unit_class", dtype="str"),
        dtype=float,
    )
    return SectorRule(sector, rule.form, rule.slope, rule.band, rule.benchmark, classes)


def sector_spellings(parameters: Parameters) -> dict[str, str]:
    """Spelling → sector.

    Parameters
    ----------
    parameters : of the market
    """
    return {name: sector.name for sector in parameters.sector for name in (sector.name, *sector.also)}


def with_known_classes(table: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """A table of facilities, its unit classes spelt as the rules spell them; others stay as they are.

    Parameters
    ----------
    table : ``unit_class``
    parameters : of the market
    """
    spelt: dict[str, str] = {}
    for sector in parameters.sector:
        spelt |= {exact_key(each.name): each.name for rule in sector.rule for each in rule.class_}
        spelt |= {exact_key(other): name for name, others in sector.classes.items() for other in others}
    # A million texts of few kinds: each kind is looked up once.
    places, texts = pd.factorize(table["unit_class"])
    known = [spelt.get(exact_key(text), text) for text in map(str, texts)]
    distinct = pd.Index(sorted(set(known)), dtype="str")
    classes = pd.Categorical.from_codes(distinct.get_indexer(pd.Index(known))[places], distinct)
    return table.assign(unit_class=classes)
