"""How far a result is from the tables of a published study."""

from __future__ import annotations

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers, require_same_index
from capshare.base.notes import Note, detail
from capshare.model.groups.validity import adjusted_rand
from capshare.model.outcome.distance import balance_sign, rank_correlation, share_error_points
from capshare.model.outcome.plain_split import NO_GROUPS

NUMBERS = ("quota_mt", "balance_mt")
LABELS = ("group", "balance_class")
MT_PER_1E8T = 100.0
TABLE1_CLASS = "type_en"


def from_table1(table: pd.DataFrame) -> pd.DataFrame:
    """The published figures of Table 1 in our names and units.

    Parameters
    ----------
    table : index ``code``; ``group, allocation_1e8t, balance_1e8t, type_en`` (1e8 t CO2)

    Returns
    -------
    DataFrame, index and order of `table`: ``group, quota_mt, balance_mt, balance_class`` (Mt CO2).
    The balance is the printed one, not the difference of the printed quota and emissions, which are rounded.

    Raises
    ------
    CapshareError
        where a column is missing or a cell is empty.
    """
    names = {
        "group": "group",
        "allocation_1e8t": "quota_mt",
        "balance_1e8t": "balance_mt",
        TABLE1_CLASS: "balance_class",
    }
    _require_columns("from_table1(table)", "table", table, tuple(names))
    ours = table[list(names)].rename(columns=names)
    # Rounded, as 8.765 x 100 is not 876.5 in binary and a printed figure should stay as printed.
    ours = ours.assign(**{name: (ours[name] * MT_PER_1E8T).round(9) for name in NUMBERS})
    _require_complete("from_table1(table)", "table", ours)
    return ours


def published_table(provinces: pd.DataFrame, published: pd.DataFrame) -> pd.DataFrame:
    r"""Our result and the published one, side by side.

    The quota share error is :math:`100\,(x_i/\sum_j x_j - \hat x_i/\sum_j \hat x_j)`, ours minus published.

    Parameters
    ----------
    provinces : our result, index ``code``; ``group, quota_mt, balance_mt, balance_class`` (Mt CO2)
    published : the published one, the same provinces and columns (see `from_table1`)

    Returns
    -------
    DataFrame, index and order of `provinces`: ``quota_mt, published_quota_mt`` (Mt CO2), ``balance_class,
    published_balance_class, group, published_group``, ``quota_share_error_points`` (percentage points).

    Raises
    ------
    CapshareError
        where the provinces differ, a column is missing, a cell is empty or not finite, or the quotas of a
        side do not add up to more than 0.
    """
    ours, theirs = _paired("published_table(provinces, published)", provinces, published)
    return pd.DataFrame(
        {
            "quota_mt": ours["quota_mt"],
            "published_quota_mt": theirs["quota_mt"],
            "balance_class": ours["balance_class"],
            "published_balance_class": theirs["balance_class"],
            "group": ours["group"],
            "published_group": theirs["group"],
            "quota_share_error_points": share_error_points(ours["quota_mt"], theirs["quota_mt"]),
        }
    )


def agreement(
    provinces: pd.DataFrame,
    published: pd.DataFrame,
    potential_score: pd.Series | None = None,
    published_potential_rank: pd.Series | None = None,
) -> pd.DataFrame:
    """The distance of a result to a published one, one figure per row.

    Group names carry no meaning: the adjusted Rand index asks only which provinces are put together.

    Parameters
    ----------
    provinces : our result, index ``code``; ``group, quota_mt, balance_mt, balance_class`` (Mt CO2)
    published : the published one, the same provinces and columns (see `from_table1`)
    potential_score : our potential (more is better) of exactly the provinces that the study ranks, index
        ``code``, no unit; None leaves the figure out
    published_potential_rank : the published ranking, 1 is best, the same provinces; given with the score

    Returns
    -------
    DataFrame, index ``figure``: ``value, unit, meaning``; without the row of a rank correlation that does
    not exist, as all values of one side are equal, and without that of groups where none were published.

    Raises
    ------
    CapshareError
        where the provinces differ, a column is missing, a cell is empty or not finite, the quotas of a side
        do not add up to more than 0, or one of score and ranking is given without the other.

    References
    ----------
    Hubert, L., & Arabie, P. (1985). Comparing partitions. Journal of Classification 2, 193-218.
    doi:10.1007/BF01908075
    """
    source = "agreement(provinces, published)"
    ours, theirs = _paired(source, provinces, published)
    rows = _group_rows(ours, theirs) + _quota_rows(ours, theirs) + _balance_rows(ours, theirs)
    rows += _potential_rows(source, potential_score, published_potential_rank)
    known = [row for row in rows if row[1] is not None]
    return pd.DataFrame(known, columns=["figure", "value", "unit", "meaning"]).set_index("figure")


def agreement_notes(figures: pd.DataFrame, ranked: bool) -> tuple[Note, ...]:
    """Which rank correlations do not exist, as all values of one side are equal.

    Parameters
    ----------
    figures : from :func:`agreement`
    ranked : whether it was given a score and a ranking of potential
    """
    expected = ("quota_rank_correlation", *(("potential_rank_correlation",) if ranked else ()))
    return tuple(detail("no_rank_correlation", figure=name) for name in expected if name not in figures.index)


Row = tuple[str, float | None, str, str]


def _group_rows(ours: pd.DataFrame, theirs: pd.DataFrame) -> list[Row]:
    if (theirs["group"] == NO_GROUPS).all():
        return []
    value = adjusted_rand(theirs["group"], ours["group"])
    meaning = "which provinces are grouped together: 1 the same groups, 0 no better than chance"
    return [("group_adjusted_rand", value, "index", meaning)]


def _quota_rows(ours: pd.DataFrame, theirs: pd.DataFrame) -> list[Row]:
    error = share_error_points(ours["quota_mt"], theirs["quota_mt"]).abs()
    rank = rank_correlation(ours["quota_mt"], theirs["quota_mt"])
    points = "percentage points"
    return [
        ("quota_share_error_mean", float(error.mean()), points, "share of the cap, mean absolute difference"),
        (
            "quota_share_error_max",
            float(error.max()),
            points,
            f"share of the cap, largest absolute difference (at {error.idxmax()})",
        ),
        (
            "quota_rank_correlation",
            rank,
            "Spearman",
            "order of the provinces by quota: 1 same, -1 reversed",
        ),
    ]


def _balance_rows(ours: pd.DataFrame, theirs: pd.DataFrame) -> list[Row]:
    unit = f"of {len(ours)} provinces"
    signs = float((balance_sign(ours["balance_mt"]) == balance_sign(theirs["balance_mt"])).sum())
    classes = float((ours["balance_class"] == theirs["balance_class"]).sum())
    return [
        ("balance_signs_right", signs, unit, "in surplus, balanced or in deficit as published"),
        ("balance_classes_right", classes, unit, "in the published class of surplus or deficit"),
    ]


def _potential_rows(source: str, score: pd.Series | None, published_rank: pd.Series | None) -> list[Row]:
    if score is None and published_rank is None:
        return []
    if score is None or published_rank is None:
        name = "potential_score" if score is None else "published_potential_rank"
        remedy = "Give both the score and the published ranking, or neither."
        raise CapshareError(Problem(source, name, "a Series beside the other", "None", remedy))
    require_same_index(source, potential_score=score, published_potential_rank=published_rank)
    require_numbers(source, "potential_score", score)
    require_numbers(source, "published_potential_rank", published_rank)
    value = rank_correlation(score, -published_rank)
    meaning = f"order of the {len(score)} provinces that the study ranks: 1 same, -1 reversed"
    return [("potential_rank_correlation", value, "Spearman", meaning)]


def _paired(
    source: str, provinces: pd.DataFrame, published: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both frames, checked, in the order of the first."""
    require_same_index(source, provinces=provinces, published=published)
    for name, frame in (("provinces", provinces), ("published", published)):
        _require_columns(source, name, frame, NUMBERS + LABELS)
        _require_complete(source, name, frame)
    return provinces, published.reindex(provinces.index)


def _require_columns(source: str, name: str, frame: pd.DataFrame, columns: tuple[str, ...]) -> None:
    missing = [column for column in columns if column not in frame]
    if missing:
        expected, found = f"columns {', '.join(columns)}", f"none named {', '.join(missing)}"
        raise CapshareError(Problem(source, name, expected, found, "Add the columns."))


def _require_complete(source: str, name: str, frame: pd.DataFrame) -> None:
    require_numbers(source, name, frame[list(NUMBERS)])
    problems = [
        Problem(source, f"{name}[{code}, {column}]", "a label", "an empty cell", "Supply the label.")
        for column in LABELS
        for code in frame.index[frame[column].isna()]
    ]
    total_mt = frame["quota_mt"].sum()
    if not total_mt > 0:
        remedy = "Shares need a positive total."
        problems.append(Problem(source, f"{name}, quota_mt", "a sum above 0", f"{total_mt}", remedy))
    if problems:
        raise CapshareError(problems)
