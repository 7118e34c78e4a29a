"""Letters of a PNG are those of the font asked for, also beside a subscript that the font lacks."""

import re

from capshare.reports.charts.save import with_lowered_digits

DRAWN = '<svg><text aria-label="Mt CO₂">Quota, Mt CO₂e; t CO₂</text><text>2030</text></svg>'


def test_a_subscript_is_a_digit_set_lower():
    lowered = with_lowered_digits(DRAWN)
    assert re.sub("<[^>]+>", "", lowered) == "Quota, Mt CO2e; t CO2" + "2030"
    assert lowered.count('baseline-shift="-20%">2</tspan>') == 2


def test_labels_for_who_cannot_see_the_chart_stay_as_they_are():
    assert 'aria-label="Mt CO₂"' in with_lowered_digits(DRAWN)
    assert with_lowered_digits("<text>2030</text>") == "<text>2030</text>"
