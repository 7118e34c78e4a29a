"""What a key may be, as the study's own model has it."""

import pytest

from capshare.study.allowed import Allowed, allowed


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("targets.tiers", (Allowed("choice", choices=("guide", "bind", "none")),)),
        ("targets.tiers_k", (Allowed("integer", (("ge", 2.0), ("le", 100.0))),)),
        ("prices.max_abatement", (Allowed("number", (("gt", 0.0), ("le", 1.0))),)),
        ("burden.indicators.gdp.direction", (Allowed("choice", choices=("more", "less")),)),
        ("targets.band_pct", (Allowed("list"),)),
        ("cap.cutpct", ()),
    ],
)
def test_a_key_may_be_what_its_field_says(key, expected):
    assert allowed(key.split(".")) == expected


def test_every_form_of_a_key_is_told():
    assert {form.kind for form in allowed(("allocation", "floor"))} == {"number", "table"}
    assert {form.kind for form in allowed(("prices", "anchor"))} >= {"number"}
