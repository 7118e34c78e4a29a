"""What facilities take from a run is kept so that it reads back, and refused where it was spoiled."""

import pandas as pd
import pytest

from capshare.analyses.facilities.beside import COPY, ELECTRICITY, copies_of, from_copies
from capshare.base.errors import CapshareError
from capshare.model.facilities.outcome import RunBeside

TABLE = pd.DataFrame(
    {"name_en": ["Beijing"], "name_zh": ["北京"], "quota_mt": [70.25], "emissions_mt": [80.0]},
    index=pd.Index(["110000"], name="code"),
)
SAID = {"en": ("One sentence.", "Another."), "zh": ("一句。", "又一句。")}


@pytest.mark.parametrize("said", [SAID, {"en": (), "zh": ()}])
def test_copies_read_back(said):
    copies = copies_of(RunBeside("mine", 2030, TABLE, said))
    assert (ELECTRICITY in copies) == any(said.values())
    found = from_copies(copies, "mine", 2030)
    pd.testing.assert_frame_equal(found.table, TABLE, check_dtype=False)
    assert found.electricity == {lang: lines for lang, lines in said.items() if lines}


@pytest.mark.parametrize(
    ("name", "content"),
    [(COPY, b'{"'), (COPY, b"code,name_en\n1,2\n"), (COPY, b""), (ELECTRICITY, b"["), (ELECTRICITY, b"[1]"),
     (ELECTRICITY, b'{"en": 1}'), (COPY, b"\xff\xfe,\n1,2\n")],
)  # fmt: skip
def test_spoiled_copies_are_refused(name, content):
    copies = copies_of(RunBeside("mine", 2030, TABLE, SAID)) | {name: content}
    with pytest.raises(CapshareError, match="expected what was taken from the run mine"):
        from_copies(copies, "mine", 2030)
