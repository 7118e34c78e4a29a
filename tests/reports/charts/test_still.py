import re

import pytest

from capshare.reports.charts.gallery import charts
from capshare.reports.charts.save import image, svg_text
from capshare.reports.charts.still import still
from capshare.reports.words.catalogue import LANGUAGES


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_drawing_has_every_word_and_no_weight(result, lang):
    for name, chart in charts(result, lang).items():
        specification = chart.to_dict(validate=False)
        specification.pop("title")
        drawing = still(svg_text(specification))
        whole = image(chart, "svg").decode()
        assert drawing.startswith('<svg class="still" viewBox='), name
        assert len(drawing) < 0.75 * len(whole), name
        words = re.findall(r"<text[^>]*>([^<]+)</text>", drawing)
        assert words, name
        assert set(words) <= set(re.findall(r">([^<>]+)<", whole)), name
        assert not re.search(r' (style|class="mark|aria-label|font-family)=', drawing), name
        assert not re.search(r"\d\.\d\d", re.sub(r">[^<]+<", "><", drawing)), name


def test_marks_that_are_only_for_the_pointer_are_left_out(result):
    specification = charts(result)["merit_order"].to_dict()
    assert any(layer["mark"].get("opacity") == 0 for layer in specification["layer"])
    assert 'opacity="0"' not in still(svg_text(specification))
