"""Quotas of facilities in words: title, sentences, notes, and what sectors and classes are called."""

from __future__ import annotations

from capshare.model.facilities.outcome import FacilityOutcome
from capshare.model.facilities.sums import T_PER_MT
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text, texts
from capshare.reports.words.enough_digits import enough_digits
from capshare.reports.words.notes import SaidNote, said_notes

YUAN_PER_1E8YUAN = 1e8
# Less than a kilogram is what floating point leaves of nothing: nobody is short of it.
_COUNTED_T = 1e-3
_CLASSES = "facilities.classes."


def said(key: str, lang: str, **values: object) -> str:
    """A text about facilities.

    Parameters
    ----------
    key : below ``facilities`` in the catalogue
    lang : "en" or "zh"
    values : for its placeholders
    """
    return text(f"facilities.{key}", lang, **values)


def with_doubt(title: str, outcome: FacilityOutcome, lang: str) -> str:
    """A title, which says so where figures are an estimate or synthetic.

    Parameters
    ----------
    title : of a page, a table or a chart
    outcome : what it is of
    lang : "en" or "zh"
    """
    return said(f"doubt.{outcome.doubtful}", lang, title=title) if outcome.doubtful else title


def facilities_title(outcome: FacilityOutcome, lang: str = DEFAULT_LANGUAGE) -> str:
    """What a page, a workbook and the terminal begin with.

    Parameters
    ----------
    outcome : of facilities
    lang : "en" or "zh"
    """
    # Of the shipped plants alone there are statistics to hold them against.
    key = "title" if outcome.check is None else "title_plants"
    return with_doubt(said(key, lang, table=outcome.table, year=outcome.year), outcome, lang)


def facilities_sentences(outcome: FacilityOutcome, lang: str = DEFAULT_LANGUAGE) -> tuple[str, ...]:
    """What came out, in sentences.

    Parameters
    ----------
    outcome : of facilities
    lang : "en" or "zh"
    """
    quotas = outcome.quotas
    emissions, quota = quotas["emissions_t"].sum(), quotas["quota_t"].sum()
    short, settled = quotas["shortfall_t"], quotas["settled_t"]
    values = {
        "facilities": _counted("facilities", len(quotas), lang),
        "provinces": _counted("provinces", int((outcome.provinces["facilities"] > 0).sum()), lang),
        "year": outcome.year,
        "emissions": enough_digits(emissions / T_PER_MT, 1),
        "quota": enough_digits(quota / T_PER_MT, 1),
        "share": 100 * quota / emissions if emissions else 0.0,
        "short_facilities": _counted("facilities", int((short > _COUNTED_T).sum()), lang),
        "short": enough_digits(short.sum() / T_PER_MT, 2),
        "spare_facilities": _counted("facilities", int((quotas["surplus_t"] > _COUNTED_T).sum()), lang),
        "surplus": enough_digits(quotas["surplus_t"].sum() / T_PER_MT, 2),
        "penalty": enough_digits(quotas["penalty_yuan"].sum() / YUAN_PER_1E8YUAN, 1),
        "advance": enough_digits(quotas["advance_t"].sum() / T_PER_MT, 1),
        "topped_facilities": _counted("facilities", int((settled > _COUNTED_T).sum()), lang),
        "topped": enough_digits(settled.clip(lower=0).sum() / T_PER_MT, 1),
        "taken_facilities": _counted("facilities", int((settled < -_COUNTED_T).sum()), lang),
        "taken": enough_digits(-settled.clip(upper=0).sum() / T_PER_MT, 2),
    }
    balance = "balance" if (short > _COUNTED_T).any() else "balance_none_short"
    issue = "issue" if (settled < -_COUNTED_T).any() else "issue_none_back"
    keys = ("sum", balance, issue)
    return (*(said(key, lang, **values) for key in keys), *_beside_run(outcome, lang))


def _counted(noun: str, count: int, lang: str) -> str:
    one = {"facilities": "facility", "provinces": "province"}
    return said(f"counts.{one[noun] if count == 1 else noun}", lang, count=count)


def _beside_run(outcome: FacilityOutcome, lang: str) -> tuple[str, ...]:
    beside, provinces = outcome.beside, outcome.provinces
    if beside is None:
        return ()
    sums = provinces[["emissions_t", "province_emissions_mt", "province_quota_mt", "gap_mt"]].sum()
    rest_mt = provinces["rest_emissions_mt"].sum()
    first = said(
        "against", lang, study=beside.study, year=beside.year,
        covered=enough_digits(100 * sums["emissions_t"] / T_PER_MT / sums["province_emissions_mt"], 1),
        quota=sums["province_quota_mt"], gap=sums["gap_mt"], rest=rest_mt,
    )  # fmt: skip
    cuts = provinces["rest_cut_pct"].dropna()
    if cuts.empty:
        return (first,)
    hardest, easiest = str(cuts.idxmax()), str(cuts.idxmin())
    name = provinces[f"name_{lang}"]
    second = said(
        "rest", lang, hardest=name[hardest], most=cuts[hardest], easiest=name[easiest], least=cuts[easiest],
        national=100 * (1 - sums["gap_mt"] / rest_mt) if rest_mt else 0.0,
    )  # fmt: skip
    return (first, second, said("rest_spare", lang)) if cuts[easiest] < 0 else (first, second)


def facilities_notes(outcome: FacilityOutcome, lang: str = DEFAULT_LANGUAGE) -> tuple[SaidNote, ...]:
    """The notes as people read them, the severest first.

    Parameters
    ----------
    outcome : of facilities
    lang : "en" or "zh"
    """
    names = outcome.provinces[f"name_{lang}"]
    return said_notes(outcome.notes, dict(zip(map(str, names.index), map(str, names), strict=True)), lang)


def class_word(unit_class: str, lang: str) -> str:
    """A class of units as a reader of the language knows it; one of the user's own as it is.

    Parameters
    ----------
    unit_class : as the rules call it
    lang : "en" or "zh"
    """
    official = (key for key in texts(lang) if key.startswith(_CLASSES))
    return next((text(key, lang) for key in official if text(key) == unit_class), unit_class)


def source_words(term_name: str, source: str, lang: str) -> str:
    """Where a term is from; a source of the shipped rules in the language, another as it is.

    Parameters
    ----------
    term_name : of the market
    source : as the rules state it
    lang : "en" or "zh"
    """
    shipped = source == said(f"term_sources.{term_name}", DEFAULT_LANGUAGE)
    return said(f"term_sources.{term_name}", lang) if shipped else source


def sector_word(sector: str, lang: str) -> str:
    """A sector as a reader of the language knows it; one of the user's own as it is.

    Parameters
    ----------
    sector : as the rules call it
    lang : "en" or "zh"
    """
    return term("facilities.named", sector, lang)
