"""Notebooks as pages: their text, their code, and the outputs they were stored with."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add a page beside every notebook; the notebook itself can be downloaded from it."""
    for file in list(files):
        if file.src_uri.endswith(".ipynb") and file.abs_src_path is not None:
            path = Path(file.abs_src_path)
            uri = str(Path(file.src_uri).with_suffix(".md").as_posix())
            files.append(File.generated(config, uri, content=markdown(path)))
    return files


def markdown(path: Path) -> str:
    """The notebook as Markdown.

    Parameters
    ----------
    path : of the notebook, with its outputs stored
    """
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    about = f"This page is a notebook: [download it]({path.name}) and run it cell by cell.\n\n"
    parts = [part for cell in cells for part in _cell(cell)]
    return parts[0] + "\n\n" + about + "\n\n".join(parts[1:]) + "\n"


def _cell(cell: dict[str, Any]) -> Iterator[str]:
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        yield source
        return
    yield f"```python\n{source}\n```"
    for output in cell["outputs"]:
        yield f'<div class="output" markdown="1">\n\n{_output(output)}\n\n</div>'


def _output(output: dict[str, Any]) -> str:
    """The richest form of an output that a page can show."""
    if output["output_type"] == "stream":
        return _block("".join(output["text"]))
    data = output["data"]
    for kind in ("image/svg+xml", "text/html"):
        if kind in data:
            # Markdown would take blank lines and indents inside for its own.
            lines = "".join(data[kind]).splitlines()
            plain = "".join(line.strip() + " " for line in lines if line.strip())
            # A table without a class looks like the tables of the other pages.
            return plain.replace('<table border="1" class="dataframe">', "<table>")
    return _block("".join(data["text/plain"]))


def _block(text: str) -> str:
    return f"```text\n{textwrap.dedent(text).rstrip()}\n```"
