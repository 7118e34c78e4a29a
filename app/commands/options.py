"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, LANGUAGES
from capshare.reports.words.shown_units import DEFAULT_UNIT, PER_MT

Command = TypeVar("Command", bound=Callable[..., Any])

STUDY = click.argument("study", required=False)
LANG = click.option(
    "--lang", type=click.Choice(LANGUAGES), default=DEFAULT_LANGUAGE, show_default=True, help="Language."
)
UNIT = click.option(
    "--unit",
    type=click.Choice(tuple(PER_MT)),
    default=DEFAULT_UNIT,
    show_default=True,
    help="Unit of CO2 in the summary of the workbook: 1e8t is 亿吨, 1e4t is 万吨.",
)
SET = click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="Give a key of the study another value, e.g. allocation.trade_limit=0.1; may be repeated.",
)
FORCE = click.option("--force", is_flag=True, help="Replace what an earlier call left there.")


def output_option(default: str) -> Callable[[Command], Command]:
    """The option ``-o`` of a command that writes a folder.

    Parameters
    ----------
    default : where it writes without the option, in words
    """
    meaning = f"Folder to write; by default {default}."
    return click.option("-o", "--output", type=click.Path(path_type=Path), help=meaning)
