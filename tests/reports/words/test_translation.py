import pytest

from capshare.reports.words.catalogue import placeholders, texts
from capshare.reports.words.translation import translated_note

NOTES = [
    ("Groups with one member: IV.", "只有一个成员的组：IV。"),
    ("2035: Groups with one member: IV.", "2035年：只有一个成员的组：IV。"),
    (
        "Grouping moved 70.9 Mt of entitlements between provinces, most at Chongqing.",
        "分组使70.9百万吨应得额在省份间移动，以重庆最多。",
    ),
]


@pytest.mark.parametrize(("note", "expected"), NOTES)
def test_sentences_are_translated_with_their_figures_and_names(note, expected):
    found = translated_note(note, "zh", {"Chongqing": "重庆"})
    assert (found.text, found.lang) == (expected, "zh")


def test_an_unknown_sentence_stays_as_it_is_and_says_so():
    found = translated_note("A sentence nobody wrote down.", "zh")
    assert (found.text, found.lang) == ("A sentence nobody wrote down.", "en")


def test_english_is_left_alone():
    assert translated_note("Groups with one member: IV.", "en").text == "Groups with one member: IV."


@pytest.mark.parametrize(
    "key", [key for key in texts("en") if key.startswith("notes.") and key != "notes.year"]
)
def test_every_sentence_of_the_catalogue_recognises_itself(key):
    values = {name: f"7{place}" for place, name in enumerate(sorted(placeholders(texts("en")[key])))}
    note = texts("en")[key].format(**values)
    assert translated_note(note, "zh").text == texts("zh")[key].format(**values)


@pytest.mark.slow
@pytest.mark.parametrize("study", ["tian-lin-2021", "tian-lin-2021-given", "china-2030"])
def test_every_note_of_the_shipped_studies_is_translated(study):
    from capshare.analyses.run import run
    from capshare.reports.words.translation import translated_notes

    assert [note.text for note in translated_notes(run(study), "zh") if note.lang == "en"] == []
