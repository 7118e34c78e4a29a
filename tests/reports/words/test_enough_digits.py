import pytest

from capshare.reports.words.enough_digits import decimals_of_column, enough_digits


@pytest.mark.parametrize(
    ("amount", "usual", "said"),
    [
        (3506.54, 1, "3,506.5"), (5.0, 2, "5.00"), (0.38, 2, "0.38"), (0.38, 1, "0.38"), (0.04, 2, "0.040"),
        (0.0764, 1, "0.076"), (0.0000171, 2, "0.000017"), (0.0000004, 1, "0.0"), (0.0, 1, "0.0"),
        (-0.0, 1, "0.0"), (-0.0764, 1, "-0.076"),
    ],
)  # fmt: skip
def test_two_digits_are_shown_at_least(amount, usual, said):
    assert enough_digits(amount, usual) == said


@pytest.mark.parametrize(
    ("amounts", "decimals"),
    [([306.32, 11.43], 2), ([306.32, 0.9], 4), ([306.32, 1e-7], 2), ([9e3, 0.004], 4), ([0.06, 0.0009], 6),
     ([0.5, 0.06], 5), ([0.0, 0.0], 2), ([], 2), ([0.5, 0.0], 4)],
)  # fmt: skip
def test_a_column_shows_its_least_amount(amounts, decimals):
    assert decimals_of_column(amounts, 2, 4) == decimals
