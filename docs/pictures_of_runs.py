"""Draws the pictures of the pages anew, from runs of shipped studies: python docs/pictures_of_runs.py.

The picture of a page is taken by Chromium; the others need Python alone.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import vl_convert

import capshare
from capshare.reports.charts.gallery import charts
from capshare.reports.charts.save import image, with_lowered_digits
from capshare.reports.page.page import report_html

PICTURES = Path(__file__).parent / "pictures"
PPI = 110
# Study → which of its charts.
CHARTS = {"china-15fyp": ("targets",), "tian-lin-2021": ("quotas", "balance_map")}
PAGE_OF = "china-15fyp"


def draw_page(html: str) -> None:
    """Take a picture of the top of a page, down to its map: 1100 by 1200 points."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        page.write_text(html, encoding="utf-8")
        picture = f"--screenshot={PICTURES / 'page.png'}"
        options = ("--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=1100,1200", picture)
        # Until its charts are drawn.
        subprocess.run(
            ["chromium", *options, "--virtual-time-budget=20000", page.as_uri()],
            check=True,
            capture_output=True,
        )


def main() -> None:
    """Draw every picture."""
    for study, names in CHARTS.items():
        outcome = capshare.run(study)
        drawn = charts(outcome)
        for name in names:
            drawing = image(drawn[name], "svg").decode()
            (PICTURES / f"{name}.png").write_bytes(
                vl_convert.svg_to_png(with_lowered_digits(drawing), ppi=PPI)
            )
        if study == PAGE_OF:
            draw_page(report_html(outcome))


if __name__ == "__main__":
    main()
