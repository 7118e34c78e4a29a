"""The JavaScript that draws charts in a page: Vega with all it needs, in one file.

Bundling takes seconds, so its result lies in ``templates/vega.js``; after an update of vl-convert, renew it:
``python -m capshare.reports.charts.vega_bundle > reports/templates/vega.js``.
"""

from __future__ import annotations

import sys

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


def bundle() -> str:
    """The bundle of the installed vl-convert, with the notices of its authors.

    Returns
    -------
    str
        JavaScript that defines ``window.vegaEmbed``
    """
    import altair
    import vl_convert

    notice = _NOTICE.format(
        vega=vl_convert.get_vega_version(),
        vega_lite=altair.SCHEMA_VERSION.removeprefix("v"),
        vega_embed=vl_convert.get_vega_embed_version(),
    )
    return f"{notice}{vl_convert.javascript_bundle('window.vegaEmbed=vegaEmbed;')}\n"


if __name__ == "__main__":
    sys.stdout.write(bundle())
