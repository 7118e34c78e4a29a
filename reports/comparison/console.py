"""What ``capshare compare`` prints: what differs between runs, on about one page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from capshare.reports.comparison.compare import FIGURES, RunComparison, of_quantity
from capshare.reports.comparison.words import effect_rows, figure_name, figure_text, quota_heading, signed
from capshare.reports.console.console import print_line, print_table, print_title
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import MT, readable, with_unit

if TYPE_CHECKING:
    from rich.console import Console

_SETTINGS, _QUOTAS = 12, 5
_SHOWN = (
    "cap", "emissions", "deficits", "abatement", "cost", "penalty", "cap_price", "market_price",
    "checks", "files",
)  # fmt: skip


def print_runs_compared(
    found: RunComparison, folder: Path, console: Console, lang: str = DEFAULT_LANGUAGE
) -> None:
    """Print what differs: settings, headline figures, quotas.

    Parameters
    ----------
    found : the runs side by side
    folder : where workbook and page are
    console : where to print
    lang : language of the texts
    """
    from rich.text import Text

    title = text("compare.printed.title", lang, count=len(found.runs), year=found.year)
    console.print(Text(title, style="bold"))
    if len(found.years) > 1:
        listed = text("terms.separator", lang).join(map(str, found.years))
        print_line(console, text("compare.printed.years", lang, years=listed, year=found.year))
    _settings(found, console, lang)
    _effects(found, console, lang)
    print_title(console, text("compare.printed.figures", lang))
    rows = [
        (
            with_unit(figure_name(found, name, lang), FIGURES[name], lang),
            *(figure_text(found, name, run, lang) for run in found.labels),
        )
        for name in _SHOWN
    ]
    headings = [text("compare.column.figure", lang), *found.labels]
    print_table(console, headings, rows, right=range(1, len(headings)))
    _quotas(found, console, lang)
    counts = {"count": len(found.classes), "all": len(found.quotas)}
    print_line(console, text("compare.printed.classes", lang, **counts))
    console.print()
    # Unwrapped, so that a long path can be copied in one piece.
    files = text("compare.printed.files", lang, folder=folder)
    console.print(files, markup=False, highlight=False, soft_wrap=True)
    print_line(console, text("compare.printed.what_files", lang))


def _settings(found: RunComparison, console: Console, lang: str) -> None:
    frame = found.settings
    if frame.empty:
        print_line(console, text("compare.same_settings", lang))
        return
    shown = frame.head(_SETTINGS)
    key = "all_settings" if len(shown) == len(frame) else "settings"
    counts = {"count": len(frame)} | ({"shown": len(shown)} if key == "settings" else {})
    print_title(console, text(f"compare.printed.{key}", lang, **counts))
    absent = text("compare.absent", lang)
    rows = [
        (name, *(absent if value is None else str(value) for value in values))
        for name, values in zip(
            shown.index.get_level_values("name"), shown.itertuples(index=False), strict=True
        )
    ]
    print_table(console, [text("compare.column.setting", lang), *found.labels], rows, right=())


def _effects(found: RunComparison, console: Console, lang: str) -> None:
    rows = effect_rows(found, lang)
    if not rows:
        return
    print_title(console, text("compare.effects.title", lang))
    # What becomes of the sum stands in the files: a screen has room for a key unbroken, or for that.
    headings = [text("compare.run", lang), text("compare.column.setting", lang)]
    headings += [text(f"compare.effects.{key}", lang) for key in ("moved", "most", "most_mt")]
    # Of two runs every row is of the second.
    shown = slice(None) if len(found.runs) > 2 else slice(1, None)
    kept = [(run, setting, moved, most, change) for run, setting, moved, _, most, change in rows[:_SETTINGS]]
    numbers = [place - (shown.start or 0) for place in (2, 4)]
    print_table(console, headings[shown], [row[shown] for row in kept], right=numbers)


def _quotas(found: RunComparison, console: Console, lang: str) -> None:
    difference, names = of_quantity(found.quotas, "difference_mt"), found.names(lang)
    largest = difference.abs().max(axis=1).sort_values(ascending=False, kind="stable").head(_QUOTAS)
    first = found.labels[0]
    print_title(console, text("compare.printed.quotas", lang, count=len(largest), first=first))
    headings = [
        with_unit(quota_heading("difference_mt", run, first, lang), MT, lang) for run in difference.columns
    ]
    rows = [
        (str(names[code]), *(signed(readable(value, MT, lang)) for value in difference.loc[code]))
        for code in largest.index
    ]
    print_table(console, [text("summary.province", lang), *headings], rows, right=range(1, 1 + len(headings)))
