"""The workbench's page: one answer with its style and script inside."""

from __future__ import annotations

from capshare.reports.page.page import template, template_text


def page_html(study: str, nonce: str, lang: str) -> str:
    """The page that asks the server for everything else.

    Parameters
    ----------
    study : name of the study
    nonce : by which the browser knows the page's own style and script
    lang : language that it opens in, "en" or "zh"
    """
    page: str = template("workbench.html").render(
        study=study,
        nonce=nonce,
        lang=lang,
        workbench_css=template_text("workbench.css"),
        workbench_js=template_text("workbench.js"),
    )
    return page
