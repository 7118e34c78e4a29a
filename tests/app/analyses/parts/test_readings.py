"""How far every reading of the published study is from its table."""

from dataclasses import replace

import pandas as pd
import pytest

import capshare
from capshare.analyses.parts.readings import distance_of_readings
from capshare.base.errors import CapshareError
from capshare.chain.read_inputs import read_inputs
from capshare.reports.words.notes import note_texts

BASE = "tian-lin-2021"


@pytest.fixture(scope="module")
def found(finished):
    return finished(BASE).published.readings


def test_the_base_study_agrees_with_the_published_table_as_planned(finished):
    """Own, computed beside this project: index 0.73, 22 signs and 17 classes of 30."""
    value = finished(BASE).published.agreement["value"]
    assert value["group_adjusted_rand"] == pytest.approx(0.73, abs=0.005)
    assert (value["balance_signs_right"], value["balance_classes_right"]) == (22, 17)


def test_the_36_readings_span_what_was_found_beside_this_project(found):
    """Own: index 0.42 to 0.76, mean 0.57; 19 to 24 signs."""
    assert len(found) == 36
    index, signs = found["group_adjusted_rand"], found["balance_signs_right"]
    assert (index.min(), index.max()) == (pytest.approx(0.42, abs=0.01), pytest.approx(0.76, abs=0.01))
    assert index.mean() == pytest.approx(0.57, abs=0.01)
    assert (signs.min(), signs.max()) == (19, 24)


def test_the_first_reading_is_the_run_itself(finished, found):
    own = finished(BASE).published.agreement["value"]
    first = found.loc[1]
    for figure in found.columns.drop("indicators"):
        assert first[figure] == pytest.approx(own[figure], rel=1e-12), figure
    assert first["indicators"] == "gdp, population, gdp_per_tonne, forest_stock, ag_gross_output"


@pytest.mark.slow
def test_a_reading_is_what_a_study_of_its_indicators_gives(prepared, found):
    """Reading 5, which adds the income of households, run by itself."""
    base = prepared(BASE)
    study, number = base.study, 5
    ids = found.loc[number, "indicators"].split(", ")
    every = [*study.indicators, *(a for choice in study.published.readings for a in choice.alternatives)]
    chosen = tuple(next(each for each in every if each.id == name) for name in ids)
    published = study.published.model_copy(update={"readings": ()})
    changed = study.model_copy(update={"indicators": chosen, "published": published})
    loaded = replace(capshare.load_study(BASE), study=changed)
    alone = capshare.run(loaded, analyses=()).published.agreement["value"]
    for figure in found.columns.drop("indicators"):
        assert found.loc[number, figure] == pytest.approx(alone[figure], rel=1e-12), figure


def test_the_note_says_that_one_figure_is_a_choice(finished):
    [note] = [note for note in finished(BASE).notes if note.key == "readings"]
    [english], [chinese] = (note_texts([note], {}, lang) for lang in ("en", "zh"))
    assert english.startswith("One figure alone is a choice: over the 36 readings")
    assert "0.42 to 0.76 (mean 0.58), 19 to 24 signs" in english
    assert "在已发表文本所容许的36种解读中" in chinese


@pytest.mark.slow
def test_readings_without_a_split_are_left_out_and_counted(prepared):
    """A floor of own emissions for everyone leaves no room for groups whose caps are smaller."""
    from capshare.model.outcome.readings import reading_notes

    base = prepared(BASE)
    numbers = base.numbers.with_(floor_mt=base.numbers.floor_mt + 1e4)
    found = distance_of_readings(replace(base, split=replace(base.split, numbers=numbers)))
    assert found["group_adjusted_rand"].isna().all()
    assert found["indicators"].notna().all()
    some = pd.concat([found.head(2), distance_of_readings(base).iloc[2:]])
    notes = {note.key: dict(note.values) for note in reading_notes(some)}
    assert notes["readings"]["count"] == 34
    assert notes["readings_without_split"] == {"count": 2}


@pytest.mark.slow
def test_a_study_without_readings_has_no_such_table(prepared, finished):
    assert distance_of_readings(prepared("tian-lin-2021-given")) is None
    assert finished("tian-lin-2021-given").published.readings is None


def test_wrong_expressions_of_readings_are_told_at_once(own_study):
    text = own_study.read_text(encoding="utf-8")
    choices = """
[[published.readings]]
name = "a"
alternatives = [{ id = "b", expression = "nowhere", direction = "more", principle = "need" }]
[[published.readings]]
name = "c"
alternatives = [{ id = "d", expression = "gdp_1e8yuan / 0", direction = "more", principle = "need" }]
"""
    own_study.write_text(text + choices, encoding="utf-8")
    with pytest.raises(CapshareError) as caught:
        read_inputs(capshare.load_study(own_study))
    said = str(caught.value)
    assert "published.readings 1.alternatives, b, expression" in said
    assert "published.readings 2.alternatives, d, expression" in said
