"""A study to start from: a copy of any shipped one under a name of its own."""

import pytest

from capshare.analyses.new_study import write_new_study
from capshare.base.errors import CapshareError
from capshare.chain.read_inputs import read_inputs
from capshare.study.reading import DEFAULT, load_study, shipped_studies


@pytest.mark.parametrize("origin", shipped_studies())
def test_a_copy_differs_from_its_origin_in_the_name_alone(tmp_path, origin):
    copy, shipped = load_study(write_new_study(tmp_path / "mine", origin=origin)), load_study(origin)
    assert copy.study.study.name == "mine"
    assert copy.study.model_copy(update={"study": shipped.study.study}) == shipped.study
    assert copy.data.decode() == shipped.data.decode().replace(f'name = "{origin}"', 'name = "mine"', 1)
    # What it reads is found from its own folder as well.
    assert list(read_inputs(copy).files)[1:] == list(read_inputs(shipped).files)[1:]


def test_without_an_origin_it_is_the_default_study(tmp_path):
    assert load_study(write_new_study(tmp_path / DEFAULT)).data == load_study(DEFAULT).data


def test_what_is_not_shipped_is_refused_with_the_nearest_name(call, tmp_path):
    code, _, message = call("new", "mine", "--from", "tian-lin-2012")
    assert code == 2
    assert "--from: expected a shipped study (" in message
    assert "Did you mean tian-lin-2021?" in message
    assert not (tmp_path / "mine").exists()


def test_from_and_dataset_are_not_for_one_call(call, tmp_path):
    code, _, message = call("new", "mine", "--dataset", "--from", DEFAULT)
    assert code == 2
    assert "--from is about a shipped study" in message
    assert not (tmp_path / "mine").exists()


def test_a_file_that_is_there_is_not_replaced(tmp_path):
    path = write_new_study(tmp_path / "mine")
    with pytest.raises(CapshareError, match="no file yet"):
        write_new_study(tmp_path / "mine", origin="tian-lin-2021")
    assert load_study(path).study.study.name == "mine"
    write_new_study(tmp_path / "mine", force=True, origin="tian-lin-2021")
    assert load_study(path).study.study.base_year == 2017
