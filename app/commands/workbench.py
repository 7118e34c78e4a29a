"""``capshare workbench``."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from capshare.base.errors import CapshareError, Problem
from capshare.commands.options import LANG
from capshare.commands.progress_line import CHAIN, progress_shown

EXTRA = ("fastapi", "uvicorn")


@click.command()
@click.argument("study", required=False, metavar="[STUDY|RUN]")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, show_default=True, help="0 picks a free one."
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Where to listen; the default is this machine alone.",
)
@click.option("--token", help="What requests must bring; by default a random one.")
@click.option("--no-browser", is_flag=True, help="Do not open the page in the browser.")
@click.option(
    "--export-folder",
    type=click.Path(path_type=Path),
    default=Path("runs"),
    show_default=True,
    help="The one folder that runs are exported into.",
)
@LANG
def workbench(
    study: str | None,
    port: int,
    host: str,
    token: str | None,
    no_browser: bool,
    export_folder: Path,
    lang: str,
) -> None:
    """Open STUDY, or the folder of a RUN, in the browser: turn a setting and see the split solved anew."""
    _require_extra()
    with progress_shown(CHAIN, lang):
        from capshare.workbench.session import Session
        from capshare.workbench.started import loaded_from

        session = Session(loaded_from(study))

    from capshare.workbench.serve import serve

    serve(
        session,
        host=host,
        port=port,
        token=token,
        exports=export_folder,
        lang=lang,
        told=click.echo,
        opens=not no_browser,
    )


def _require_extra() -> None:
    if any(find_spec(name) is None for name in EXTRA):
        raise CapshareError(
            Problem("workbench", "", "the packages of the extra", "none of them, or not all",
                    'Install them with: pip install "capshare[workbench]"')
        )  # fmt: skip
