"""What every page is made of: templates, style, scripts, and a policy that allows these and nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from capshare.base.conventions import conventions
from capshare.reports.charts.vega_bundle import chart_runtime
from capshare.reports.folder.manifest import versions
from capshare.reports.page.chart import PageChart
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text


def document(
    name: str,
    charts: Mapping[str, PageChart],
    lang: str = DEFAULT_LANGUAGE,
    more_styles: tuple[str, ...] = (),
    module: str = "",
    **values: object,
) -> str:
    """A page, self-contained: it fetches nothing, and its policy lets no other script or style in.

    Parameters
    ----------
    name : of its template
    charts : by their name on the page
    lang : language of the texts
    more_styles : files of style beside those that every page has
    module : a script of this page alone
    values : for the template

    Returns
    -------
    str
        HTML

    References
    ----------
    Content Security Policy Level 3, https://www.w3.org/TR/CSP3/
    """
    style, scripts = page_style(*more_styles), (chart_runtime(), template_text("page.js"))
    # The policy is of the script as it stands in the page, where columns have their outward names.
    module = conventions().outward(module)
    page: str = template(name).render(
        t=lambda key, **words: text(f"page.{key}", lang, **words),
        charts=charts,
        specifications=script_text({key: chart.specification for key, chart in charts.items()}),
        style=style,
        scripts=scripts,
        module=module,
        policy=policy((style,), (*scripts, module) if module else scripts),
        version=versions()["capshare"],
        **values,
    )
    return conventions().outward(page)


def page_style(*more: str) -> str:
    """The style of a page.

    Parameters
    ----------
    more : files of style beside those that every page has
    """
    return "\n".join(map(template_text, ("colours.css", *more, "page.css")))


def policy(styles: tuple[str, ...], scripts: tuple[str, ...]) -> str:
    """The content security policy of a page that holds these styles and scripts.

    Parameters
    ----------
    styles, scripts : texts of the elements, to the letter
    """
    allowed = {"script-src": scripts, "style-src": styles}
    rules = [f"{part} {' '.join(map(_source, texts))}" for part, texts in allowed.items()]
    return "; ".join(["default-src 'none'", *rules, "img-src data:", "base-uri 'none'", "form-action 'none'"])


def _source(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def template(name: str) -> Any:
    """A template of a page; an unknown name in it is an error.

    Parameters
    ----------
    name : of the file; it may name other files of ``reports/templates``
    """
    return _environment().get_template(name)


@cache
def _environment() -> Any:
    """What compiles each template once: the page of a year is filled in for every year."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(template_text),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # The files are those of the package, which do not change under a process.
        auto_reload=False,
    )


def template_text(name: str) -> str:
    """The text of a file of the page: style, script or template.

    Parameters
    ----------
    name : of the file in ``reports/templates``
    """
    return (resources.files("capshare.reports") / "templates" / name).read_text(encoding="utf-8")


def script_text(value: Mapping[str, Any]) -> str:
    """Plain data as JSON that may stand inside a script element.

    Parameters
    ----------
    value : without numbers that are not finite
    """
    # A closing tag inside a text would end the script.
    written = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return written.replace("<", "\\u003c")
