"""Notes are values: frozen, equal by content, and the same after a file."""

import copy
import json
import math
import pickle

import numpy as np
import pytest

from capshare.base.notes import Note, by_severity, caution, detail, from_plain, stop, to_plain

NOTES = [
    caution("below", provinces=[("110000", np.float64(0.36)), ("640000", 0.5)]),
    detail("bounds", count=np.int64(3), limit=math.inf),
    Note("slack", "caution", {"cap": 1.0, "emissions": -math.inf}, 2030),
    detail("grouping_none"),
]


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.key)
def test_a_note_is_the_same_after_a_file_a_copy_and_a_pickle(note):
    text = json.dumps(to_plain(note), allow_nan=False)
    for again in (from_plain(json.loads(text)), copy.deepcopy(note), pickle.loads(pickle.dumps(note))):
        assert again == note
        assert hash(again) == hash(note)


def test_values_cannot_be_changed_and_are_plain():
    rows = [["110000", np.float64(0.36)]]
    note = caution("below", provinces=rows)
    rows[0][1] = 9.0
    assert note.values["provinces"] == (("110000", 0.36),)
    assert type(note.values["provinces"][0][1]) is float
    with pytest.raises(TypeError, match="does not support item assignment"):
        note.values["provinces"] = ()


def test_what_is_no_plain_value_is_refused():
    with pytest.raises(TypeError, match="numbers and texts"):
        caution("below", provinces=None)


@pytest.mark.parametrize(
    "plain", [{}, {"key": "slack"}, {"key": "slack", "severity": "loud", "values": {}}, 3, {"key": 3}]
)
def test_what_is_no_note_is_refused(plain):
    with pytest.raises(ValueError, match="no note"):
        from_plain(plain)


def test_the_severest_come_first_each_once_and_else_in_their_order():
    first, second, last = stop("uncovered", amount=1.0), caution("slack"), detail("kmeans")
    other = caution("single", groups=["IV"])
    assert by_severity([last, second, first, other, second]) == (first, second, other, last)


def test_the_provinces_that_a_note_names():
    assert NOTES[0].provinces == ("110000", "640000")
    assert detail("grouping_moved", amount=1.0, province="500000").provinces == ("500000",)
    assert caution("used_up", provinces=["a", "b"], years=3).provinces == ("a", "b")
    assert NOTES[1].provinces == ()
