"""One province's story on one screen: why it gets what it gets, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from capshare.reports.console.broken_lines import prose
from capshare.reports.console.console import print_line
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import indicator_name, readable
from capshare.reports.words.explained_changes import change_rows
from capshare.reports.words.explained_cut import explained_cut_lines
from capshare.reports.words.explanation import Explanation, quota_lines, rule_rows
from capshare.reports.words.notes import note_texts

if TYPE_CHECKING:
    from rich.console import Console

# From here on the digits before the point are enough.
_WHOLE = 1000


def print_explanation(found: Explanation, console: Console, lang: str = DEFAULT_LANGUAGE) -> None:
    """Print a province's story.

    Parameters
    ----------
    found : what to tell
    console : where to print
    lang : of the texts, as of the names of its changes
    """
    from rich.text import Text

    p = found.province
    names = {"name_zh": p["name_zh"], "name_en": p["name_en"], "code": found.code}
    title = text("explain.title", lang, **names, study=found.study, year=found.year)
    console.print(Text(title, style="bold"))
    sure = (p["ensemble"],) if p["ensemble"] else ()
    for line in (*(explained_cut_lines(found.cut, lang) if found.cut else ()), *sure):
        print_line(console, line)
    _score(found, console, lang)
    console.print()
    for line in quota_lines(found, lang):
        print_line(console, line)
    _rule_table(found, console, lang)
    _change_table(found, console, lang)
    console.print()
    for note in note_texts(found.notes, found.names[f"name_{lang}"], lang):
        said = text("explain.note", lang, note=note)
        console.print(prose(said, "dim"), highlight=False)


def _score(found: Explanation, console: Console, lang: str) -> None:
    score = readable(100 * float(found.province["score"]), "0 to 100")
    rank, count = found.province["score_rank"], len(found.names)
    columns = ("value", "normalised", "rank", "weight", "points", "mean_points")
    headings = (
        text("explain.score", lang, score=score, rank=rank, count=count),
        *(text(f"explain.{column}", lang) for column in columns),
    )
    rows = [
        (
            indicator_name(str(name), lang),
            _value(float(row["value"])),
            readable(row["normalised"], "0 to 1"),
            f"{row['rank']:.0f}",
            readable(row["weight"], "0 to 1"),
            readable(row["points"], "0 to 100"),
            readable(row["mean_points"], "0 to 100"),
        )
        for name, row in found.indicators.iterrows()
    ]
    _table(console, headings, rows, right=range(1, 7))


def _value(value: float) -> str:
    """An indicator of any unit in about four digits."""
    return f"{value:,.0f}" if abs(value) >= _WHOLE else f"{value:,.4g}"


def _rule_table(found: Explanation, console: Console, lang: str) -> None:
    headings = [text(f"explain.{name}", lang) for name in ("binding", "price", "next_tonne", "last_tonne")]
    _table(console, headings, rule_rows(found, lang), right=(1, 2, 3))


def _change_table(found: Explanation, console: Console, lang: str) -> None:
    headings = [text(f"explain.{name}", lang) for name in ("changes", "changed_quota", "change")]
    _table(console, headings, change_rows(found.sensitivity, lang), right=(1, 2))


def _table(
    console: Console, headings: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int]
) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold cyan")
    numeric = set(right)
    for place, heading in enumerate(headings):
        table.add_column(prose(heading), justify="right" if place in numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(prose, row))
    console.print()
    console.print(table)
