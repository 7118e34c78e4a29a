"""What each province gains or loses by the view of electricity that crosses borders, in sentences."""

from __future__ import annotations

import pandas as pd

from capshare.indicators.electricity import net_imports_twh
from capshare.model.outcome.outcome import Outcome
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text
from capshare.reports.words.columns import MT, TWH, readable
from capshare.reports.words.cuts import assigned_cuts

# Readers of Chinese count electricity in 1e8 kWh, ten of which are a TWh.
_PER_TWH = {"zh": 10.0}


def electricity_lines(
    outcome: Outcome, lang: str = DEFAULT_LANGUAGE, pair: tuple[str, str] | None = None
) -> tuple[str, ...]:
    """Three sentences: who sends and takes electricity, and what each of the two gains or loses.

    Parameters
    ----------
    outcome : of a run
    lang : "en" or "zh"
    pair : codes of an exporter and an importer; by default the largest of each

    Returns
    -------
    tuple of sentences; none where the study does not look at electricity, or nobody exports any
    """
    table = electricity_table(outcome)
    if table is None or not (table["net_import_twh"] < 0).any():
        return ()
    exporter, importer = pair or largest_pair(table)
    traded, then, names = table["net_import_twh"], traded_then_twh(table), _names(outcome, lang)
    values = {
        "exporter": names[exporter],
        "importer": names[importer],
        "sent": _amount(-traded[exporter], lang),
        "taken": _amount(traded[importer], lang),
        "view": term("electricity_views", _view(outcome), lang),
    }
    key = "electricity.trade_of_one_year"
    if then is not None and table["generation_year"].iloc[0] != table["consumption_year"].iloc[0]:
        key = "electricity.trade"
        values |= {
            "year": int(table["consumption_year"].iloc[0]),
            "generation_year": int(table["generation_year"].iloc[0]),
            "sent_then": _amount(-then[exporter], lang),
            "taken_then": _amount(then[importer], lang),
        }
    return text(key, lang, **values), *(
        electricity_line(outcome, code, lang) for code in (exporter, importer)
    )


def largest_pair(table: pd.DataFrame) -> tuple[str, str]:
    """The largest exporter and the largest importer, where it is known in the year of both figures.

    Parameters
    ----------
    table : rows of ``electricity.csv``, index code
    """
    then = traded_then_twh(table)
    traded = table["net_import_twh"] if then is None else then
    return str(traded.idxmin()), str(traded.idxmax())


def traded_then_twh(table: pd.DataFrame) -> pd.Series | None:
    """Net imports in the year of the published consumption, TWh; None where generation of it is not known.

    Parameters
    ----------
    table : rows of ``electricity.csv``, index code
    """
    generation = table["generation_then_twh"].astype(float)
    if generation.isna().any():
        return None
    return net_imports_twh(generation, table["published_consumption_twh"])["net_import_twh"]


def electricity_line(outcome: Outcome, code: str, lang: str = DEFAULT_LANGUAGE) -> str:
    """One province's emissions in the three views and, in a study of targets, what its cut asks in them.

    Parameters
    ----------
    outcome : of a run
    code : of the province
    lang : "en" or "zh"

    Returns
    -------
    str, empty where the study does not look at electricity
    """
    table, assigned = electricity_table(outcome), assigned_cuts(outcome)
    if table is None:
        return ""
    row = table.T[code]
    difference = float(row["difference_mt"])
    side = "less" if difference < 0 else "more"
    amounts = {name: readable(row[f"{name}_mt"], MT) for name in ("production", "consumption", "shared")}
    said = text(
        f"electricity.{side}",
        lang,
        province=_names(outcome, lang)[code],
        base=outcome.study.settings["study"]["base_year"],
        difference=readable(abs(difference), MT),
        **amounts,
    )
    if assigned is None:
        return said + text("electricity.end", lang)
    own = assigned.cuts.T[code]
    moved = abs(difference) * float(own["constant_intensity_mt"]) / float(own["base_emissions_mt"])
    cut = float(own["cut_pct"]) / 100
    asked = text(
        f"electricity.{side}_at_cut",
        lang,
        cut=own["cut_pct"],
        year=assigned.year,
        tonnes=readable(moved * cut, MT),
        quota=readable(moved * (1 - cut), MT),
    )
    return said + asked


def electricity_table(outcome: Outcome) -> pd.DataFrame | None:
    """Rows of ``electricity.csv``, index code; None where the run has none.

    Parameters
    ----------
    outcome : of a run
    """
    return None if outcome.inputs is None else outcome.inputs.electricity


def _view(outcome: Outcome) -> str:
    return str(outcome.study.settings["electricity"]["view"])


def _names(outcome: Outcome, lang: str) -> pd.Series:
    return outcome.in_year().provinces[f"name_{lang}"]


def _amount(twh: float, lang: str) -> str:
    amount = (
        readable(twh * _PER_TWH[lang], TWH).removesuffix(".0") if lang in _PER_TWH else readable(twh, TWH)
    )
    return text("electricity.amount", lang, amount=amount)
