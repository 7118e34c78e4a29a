"""The first sheet: what this workbook is of, what it cannot do, how to read it and how to solve it again."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from capshare.reports.folder.manifest import sha256, versions
from capshare.reports.folder.run_folder import STUDY
from capshare.reports.folder.study_file import run_study_toml
from capshare.reports.words.shown_units import PER_MT, UNIT_WORDS
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.cells import CHOSEN, GROUNDS
from capshare.reports.workbook.formats import mark_state, mark_unit
from capshare.reports.workbook.grid import Field, Grid, Kind
from capshare.reports.workbook.layout import lay_out, text_width, widen, wrap
from capshare.reports.workbook.sheet import Sheet
from capshare.reports.workbook.text_cells import put_heading, put_link, put_text, put_title

_KINDS: tuple[Kind, ...] = ("input", "live", "solved")
_LIMITS = ("solved", "again", "years", "analyses", "amounts")
_STEPS = ("edit", "look", "run")


def cover_sheet(builder: WorkbookBuilder) -> None:
    """Facts of the run, the files it read, then sentences.

    Parameters
    ----------
    builder : with the summary written and the state set; takes the places of ``cover`` and ``files_read``
    """
    sheet, record = builder.book[builder.title("cover")], builder.data.outcome.study
    put_title(sheet, builder.say("title", study=record.name), builder.meaning("cover"))
    put_link(sheet, HEADING_ROW - 2, 1, builder.title("contents"), builder.title("contents"))
    builder.put(sheet, HEADING_ROW - 2, 2, builder.state)
    mark_state(sheet, sheet.cell(HEADING_ROW - 2, 2).coordinate, builder.state)
    widen(sheet, (34, 72, 16))
    facts = _facts(builder)
    # A row lower than elsewhere: the table is in no file, so its columns have no names to be known by.
    grid = builder.grid("cover", "cover", tuple(facts), ("fact", "value", "unit"), HEADING_ROW + 1)
    last = builder.data.years[-1]
    capped = f"{builder.grids['summary'].ref('cap_mt', last)}"
    named = {fact: builder.say(f"cover.{fact}", year=last) for fact in facts}
    unit = {fact: builder.unit(UNIT_WORDS[builder.shown_unit]) if fact == "cap" else "" for fact in facts}
    builder.write(
        "cover",
        [
            Field("fact", named, widens=False),
            Field("value", facts, "live", lambda fact: capped if fact == "cap" else "", CHOSEN,
                  plain="text", widens=False),
            Field("unit", unit, "live", lambda fact: builder.named("shown_unit") if fact == "cap" else "",
                  "", plain="text", widens=False),
        ],
    )  # fmt: skip
    put_heading(sheet, grid.top, grid.place("value"), builder.about("value").label)
    _wrap_purpose(sheet, grid)
    cell = sheet.cell(grid.row("cap"), grid.place("value"))
    cell.look = replace(cell.look, side="left")
    mark_unit(sheet, grid, "value", builder.named("unit_per_mt"))
    row = _files(builder, grid.bottom + 3) + 3
    row = _sentences(
        builder, row, "limits", [builder.say(f"limit.{key}", **_said_years(builder)) for key in _LIMITS]
    )
    row = _colours(builder, row)
    _sentences(builder, row, "steps", [builder.say(f"step.{key}") for key in _STEPS])
    lay_out(sheet)


def _wrap_purpose(sheet: Sheet, grid: Grid) -> None:
    """A study's purpose is as long as its author makes it."""
    row, column = grid.row("purpose"), grid.place("value")
    lines = math.ceil(text_width(str(sheet.cell(row, column).value)) / sheet.widths[column])
    if lines > 1:
        wrap(sheet, row, column, lines)


def _facts(builder: WorkbookBuilder) -> Mapping[str, object]:
    data, record = builder.data, builder.data.outcome.study
    purpose = data.setting("study.purpose", builder.say("not_stated"))
    if builder.lang == "zh":
        purpose = data.setting("study.purpose_zh", purpose)
    return {
        "study": record.name,
        "purpose": purpose,
        "version": versions()["capshare"],
        "date": data.setting("study.date", builder.say("not_stated")),
        "seed": str(record.seed),
        "dataset": data.setting("study.dataset", ""),
        "base_year": str(data.base_year),
        "years": _listed(data.all_years),
        "cap": float(data.outcome.cap.path["cap_mt"][data.years[-1]]) * PER_MT[builder.shown_unit],
    }


def _listed(years: Sequence[int]) -> str:
    return "–".join(map(str, dict.fromkeys((years[0], years[-1]))))


def _said_years(builder: WorkbookBuilder) -> dict[str, str]:
    data = builder.data
    if data.years == data.all_years:
        return {"years": builder.say("years_all", years=_listed(data.years))}
    shown = builder.say("years_between").join(map(str, data.years))
    return {"years": builder.say("years_some", shown=shown, years=_listed(data.all_years))}


def _files(builder: WorkbookBuilder, top: int) -> int:
    """The digests of the manifest, and the last row."""
    study = builder.data.outcome.study
    digests = sha256({STUDY: run_study_toml(study)}) | sha256(study.files)
    builder.subtitle(builder.book[builder.title("cover")], top - 1, "files_read")
    grid = builder.grid("files_read", "cover", tuple(digests), ("file", "digest"), top)
    builder.write(
        "files_read",
        [
            Field("file", {name: name for name in digests}, widens=False),
            Field("digest", digests, widens=False),
        ],
    )
    return grid.bottom


def _sentences(builder: WorkbookBuilder, row: int, title: str, sentences: Sequence[str]) -> int:
    """A title with sentences below it, and the row after the blank one that follows."""
    sheet = builder.book[builder.title("cover")]
    builder.subtitle(sheet, row, title)
    for below, sentence in enumerate(sentences, start=row + 1):
        put_text(sheet, below, 1, sentence)
    return row + len(sentences) + 2


def _colours(builder: WorkbookBuilder, row: int) -> int:
    """A cell of each kind as it looks, with what it means."""
    sheet = builder.book[builder.title("cover")]
    builder.subtitle(sheet, row, "colours")
    for below, kind in enumerate(_KINDS, start=row + 1):
        words = builder.say(f"kind.{kind}")
        # It looks like one, and is none: it can neither be edited nor does it follow from anything.
        sample = put_text(sheet, below, 1, words)
        sample.look = replace(sample.look, ground=GROUNDS.get(kind, ""), indent=1)
        put_text(sheet, below, 2, builder.say(f"kind_meaning.{kind}"))
    return row + len(_KINDS) + 2
