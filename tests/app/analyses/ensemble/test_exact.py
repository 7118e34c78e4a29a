"""The draws are those of the labelled chain: the fast path is the same method, not a cheaper one."""

import pickle

import numpy as np
import pytest

from capshare.analyses.ensemble.chunk import solve_chunk
from capshare.analyses.ensemble.draws import Draw
from capshare.base.errors import CapshareError
from capshare.study.reading import load_study

STUDIES = ("tian-lin-2021", "china-15fyp", "eu-2030")
TIED = "china-2035"


def require_same(figures, outcome):
    """Every figure of a draw is what the run says of its last year."""
    last = outcome.in_year().provinces.sort_index()
    year = outcome.allocation.provinces.index[-1][0]

    def close(found, expected):
        np.testing.assert_allclose(found, np.asarray(expected, dtype=float), rtol=1e-9, atol=1e-9)

    close(figures.quota_mt, last["quota_mt"])
    close(figures.balance_mt, last["balance_mt"])
    assert list(figures.group) == list(last["group"])
    prices = outcome.prices["price_yuan_per_t"].sort_index().loc[year, "cap"]
    close(figures.price_yuan_per_t, prices.loc[list(figures.block)])
    ranks = outcome.potential.ranking["rank"].reindex(last.index).fillna(0)
    assert list(figures.potential_rank) == list(ranks)
    if outcome.targets is not None and outcome.targets.cuts is not None:
        cuts = outcome.targets.cuts.sort_index()
        close(figures.cut_pct, cuts["cut_pct"])
        close(figures.target_pct, cuts["rounded_cut_pct"])
    else:
        close(figures.cut_pct, 100 * (1 - last["quota_mt"] / last["emissions_mt"]))
        assert np.isnan(figures.target_pct).all()


def require_draws(name, numbers, uncertain, run_draw, **how):
    draws = [Draw(number) for number in numbers]
    found = solve_chunk(pickle.dumps(uncertain(name)), draws)
    solved = dict(zip(found.draws, found.figures, strict=True))
    assert len(solved) > len(draws) / 2
    for draw in draws:
        if draw in solved:
            require_same(solved[draw], run_draw(name, draw, **how))
        else:
            with pytest.raises(CapshareError):
                run_draw(name, draw, **how)


@pytest.mark.parametrize("name", STUDIES)
def test_draws_are_runs_of_what_they_drew(name, uncertain, run_draw):
    require_draws(name, range(3), uncertain, run_draw)


@pytest.mark.slow
@pytest.mark.parametrize("name", STUDIES)
def test_many_draws_are_runs_of_what_they_drew(name, uncertain, run_draw):
    require_draws(name, range(1_000, 1_030), uncertain, run_draw, last_year_alone=True)


@pytest.mark.slow
def test_many_draws_of_years_that_are_tied_are_runs_of_what_they_drew(uncertain, run_draw):
    require_draws(TIED, range(1_000, 1_012), uncertain, run_draw)


@pytest.mark.slow
def test_draws_of_targets_that_are_tied_and_carried(tmp_path, uncertain, run_draw):
    text = load_study("china-15fyp").data.decode().replace("2026, 2027, 2028, 2029, 2030", "2027, 2028, 2030")
    text += "\n[smoothing]\nmax_yearly_change = 0.2\n[carry_over]\nlimit = 0.02\nexpiry_years = 2\n"
    text += '[[uncertainty.settings]]\nkey = "cap.cut_pct"\nsd = 0.3\nreason = "assumed"\n'
    (tmp_path / "study.toml").write_text(text, encoding="utf-8")
    name = str(tmp_path / "study.toml")
    assert uncertain(name).numbers.year_rules.tie
    require_draws(name, range(2), uncertain, run_draw)
