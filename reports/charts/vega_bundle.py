"""The JavaScript that draws charts in a page: Vega with all it needs, in one file.

It is made from the installed vl-convert. That takes a second, so the result is kept in the user's cache. A
cache that cannot be read or written, or was damaged, costs that second again and nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path

from capshare.base.user_cache import user_cache
from capshare.reports.charts.engine import require_engine

_NOTICE = """/*!
Vega {vega}, Vega-Lite {vega_lite}, Vega-Embed {vega_embed} and what they depend on, bundled by vl-convert.

Vega, Vega-Lite, Vega-Embed: Copyright (c) 2013-2025, University of Washington Interactive Data Lab
and contributors. BSD 3-Clause License. Redistribution and use in source and binary forms, with or without
modification, are permitted provided that the following conditions are met: 1. Redistributions of source
code must retain the above copyright notice, this list of conditions and the following disclaimer.
2. Redistributions in binary form must reproduce the above copyright notice, this list of conditions and
the following disclaimer in the documentation and/or other materials provided with the distribution.
3. Neither the name of the copyright holder nor the names of its contributors may be used to endorse or
promote products derived from this software without specific prior written permission.
THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED
WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A
PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR ANY
DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO,
PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION)
HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING
NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE
POSSIBILITY OF SUCH DAMAGE.

D3 modules: Copyright 2010-2025 Mike Bostock. ISC License. Permission to use, copy, modify, and/or distribute
this software for any purpose with or without fee is hereby granted, provided that the above copyright notice
and this permission notice appear in all copies. THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS
ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS.
IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY
DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE
OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.
*/
"""
# What pages call; the rest of what a bundle could name is not asked for.
_SNIPPET = "window.vegaEmbed=vegaEmbed;"


@cache
def chart_runtime() -> str:
    """The JavaScript that draws charts, with the notices of its authors; it defines ``window.vegaEmbed``.

    Returns
    -------
    str
        The same for the same version of vl-convert.
    """
    notice = _notice()
    place = _place(notice)
    kept = None if place is None else _kept(place)
    if kept is not None:
        return kept
    made = _made(notice)
    if place is not None:
        _keep(place, made)
    return made


def _notice() -> str:
    import altair
    import vl_convert

    return _NOTICE.format(
        vega=vl_convert.get_vega_version(),
        vega_lite=altair.SCHEMA_VERSION.removeprefix("v"),
        vega_embed=vl_convert.get_vega_embed_version(),
    )


def _made(notice: str) -> str:
    require_engine()
    import vl_convert

    return f"{notice}{vl_convert.javascript_bundle(_SNIPPET)}\n"


def _place(notice: str) -> Path | None:
    """The file in the cache: its name changes with whatever the bundle is made from."""
    made_by = version("vl-convert-python")
    key = hashlib.sha256("\n".join((made_by, _SNIPPET, notice)).encode()).hexdigest()[:16]
    try:
        return user_cache() / f"charts-{made_by}-{key}.js"
    except RuntimeError:
        return None


def _kept(place: Path) -> str | None:
    """What the cache holds, if it is whole: the first line is the digest of the rest."""
    try:
        digest, _, kept = place.read_bytes().partition(b"\n")
    except OSError:
        return None
    return kept.decode() if digest == _digest(kept) else None


def _keep(place: Path, text: str) -> None:
    """Put it there by one rename, so that no other process ever reads half of it."""
    kept = text.encode()
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
        part = Path(name)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(_digest(kept) + b"\n" + kept)
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)


def _digest(kept: bytes) -> bytes:
    return hashlib.sha256(kept).hexdigest().encode()
