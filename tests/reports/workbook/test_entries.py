"""What an input cell takes, and what it says about itself."""

import pytest

from capshare.reports.words.catalogue import text


@pytest.fixture(scope="module")
def made(built):
    return built("base")


@pytest.fixture(scope="module")
def book(opened_book):
    return opened_book("base")


@pytest.fixture(scope="module")
def chinese(opened_book):
    return opened_book("base", "zh")


def rule_of(sheet, cell):
    [rule] = [rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref]
    return rule


def test_every_input_has_one_rule_and_its_heading_a_note(book, made):
    edited = made.grids["edited"]
    assert len(edited.labels) > 100
    for name, column, label in edited.labels:
        grid = made.grids[name]
        sheet = book[grid.sheet]
        rule = rule_of(sheet, grid.at(column, label))
        assert rule.prompt, (name, column)
        assert len(rule.prompt) <= 255
        assert sheet.cell(grid.top, grid.place(column)).comment, (name, column)


def test_amounts_are_not_negative_and_say_their_unit_and_source(book, made):
    grid = made.grids["inputs"]
    sheet, place = book["Inputs"], grid.place("population_1e4")
    rule = rule_of(sheet, sheet.cell(6, place).coordinate)
    assert rule.formula1.lstrip("=") == "OR(AND(ISNUMBER(C6),C6>=0))"
    assert rule.error == "A number of at least 0 is expected."
    assert rule.prompt.startswith("Unit: 1e4 persons")
    note = sheet.cell(5, place).comment.text
    assert note.startswith("Unit: 1e4 persons\nSource: ")
    assert len(note.split("\n")[1]) > len("Source: ")


def test_a_scalar_without_limit_may_stay_so(book, made):
    ceiling = made.grids["assumptions"].at("value", "ceiling_of_all")
    assert book["Assumptions"][ceiling].value == "no limit"
    edited = book["Edited cells"]
    [called] = [row[2] for row in edited.iter_rows(values_only=True) if row[:2] == ("Assumptions", ceiling)]
    assert called == "Ceiling"
    rule = rule_of(book["Assumptions"], ceiling)
    assert rule.formula1.endswith('="no limit")')
    # A ceiling may be above what it is a share of.
    assert rule.errorStyle == "warning"


def test_a_direction_is_chosen_from_the_words_it_may_have(book, made, chinese):
    grid = made.grids["weights"]
    cell = grid.at("direction", grid.labels[0])
    for found, title in ((book, "Weights"), (chinese, text("workbook.sheet.weights", "zh"))):
        rule = rule_of(found[title], cell)
        assert rule.type == "list"
        assert found[title][cell].value in rule.formula1.strip('"').split(",")


def test_what_inputs_say_is_chinese_in_a_chinese_workbook(chinese):
    prompts = {
        rule.prompt for rule in chinese[text("workbook.sheet.inputs", "zh")].data_validations.dataValidation
    }
    assert prompts
    assert not [prompt for prompt in prompts if "Unit" in prompt or "expected" in prompt]
