"""The folder of a run without analyses, as a library writes it, under the commands that take one."""

import json

import pytest

import capshare
from capshare.base.errors import CapshareError

pytestmark = pytest.mark.slow


@pytest.fixture
def split_alone(isles, tmp_path):
    """A run of the islands for the split alone, ``alone`` where :func:`call` calls."""
    return capshare.write(capshare.run(isles, analyses=()), tmp_path / "alone")


def test_it_says_so_and_verifies(split_alone, whole_isles, call):
    said = json.loads((split_alone / "manifest.json").read_text(encoding="utf-8"))
    assert said["analyses"] == []
    whole = json.loads((whole_isles / "run" / "manifest.json").read_text(encoding="utf-8"))
    assert "analyses" not in whole
    assert capshare.read_run(split_alone).study.analyses == ()
    code, out, err = call("verify", "alone")
    assert (code, err) == (0, "")
    assert "Verified: all" in out


def test_a_story_looks_for_what_the_run_did_not(split_alone, call, ran):
    code, out, err = call("explain", "Birch", "alone")
    assert code == 0, err
    assert "the run in the folder did not look for all that is told here" in out + err
    # The story of the same study's whole run, price by price.
    whole = call("explain", "Birch", "out")[1]
    prices = [line for line in whole.splitlines() if "yuan/t" in line]
    assert prices
    assert set(prices) <= set(out.splitlines())


def test_names_that_are_no_list_are_refused(split_alone):
    path = split_alone / "manifest.json"
    said = json.loads(path.read_text(encoding="utf-8")) | {"analyses": "market"}
    path.write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(CapshareError, match="analyses: expected a list of names; found 'market'"):
        capshare.read_run(split_alone)
