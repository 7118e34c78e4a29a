"""The addresses of the workbench: what each answers, and how it refuses."""

import json
import re
import tomllib

import pytest

import capshare
from capshare.solvers.guard import ending
from capshare.workbench import server
from capshare.workbench.session import BusyError


def test_the_page_has_a_nonce_and_nothing_from_elsewhere(ask):
    page = ask("GET", "/")
    nonce = re.search(r"'nonce-([^']+)'", page.headers["content-security-policy"])[1]
    assert page.status_code == 200
    assert set(re.findall(r'<(?:script|style)[^>]*nonce="([^"]+)"', page.text)) == {nonce}
    assert not re.findall(r"<(?:script|style)(?![^>]*(?:nonce=|application/json))", page.text)
    assert not re.findall(r"""(?:src|href)=["']?(?:https?:)?//""", page.text)


@pytest.mark.slow
def test_settings_are_told_with_the_studys_own_answer(ask):
    told = ask("GET", "/api/settings").json()
    assert told["base"]["status"] == "solved"
    assert {"target", "costs"} <= {setting["section"] for setting in told["settings"]}


def test_a_setting_is_solved(ask):
    told = ask("POST", "/api/solve", json={"changes": {"targets.distance_points": "inf"}}).json()
    assert told["status"] == "solved"
    assert len(told["quota_mt"]) == len(told["cut_pct"]) == 30
    assert sum(told["quota_mt"].values()) == pytest.approx(told["figures"][0]["value"], abs=1e-6)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"cap.cut_pct": -5}, "cap.cut_pct：应为数值，大于0，小于100；现为-5"),
        ({"targets.tiers": "bindd"}, "targets.tiers：应为以下之一：guide（仅供参考）、bind（同档同降幅）、"
         "none（不分组）；现为'bindd'"),
        ({"targets.tiers_k": 2.5}, "targets.tiers_k：应为整数，不小于2，不大于100；现为2.5"),
        ({"targets.band_pct": "wide"}, "targets.band_pct：应为列表；现为'wide'"),
        ({"cap.cutpct": 1}, "cap.cutpct：研究没有这个键"),
        ({"cap.cut_pct": 80}, "targets.band_pct：与研究的其他设置或数据不相容；请换一个值"),
    ],
)  # fmt: skip
def test_a_refusal_says_in_chinese_what_was_expected_and_found(ask, changes, said):
    refused = ask("POST", "/api/solve", json={"changes": changes})
    assert refused.status_code == 422
    assert [problem["said_zh"] for problem in refused.json()["problems"]] == [said]


def test_a_name_that_is_taken_asks_for_another_one(ask, exports):
    taken = exports / "taken"
    taken.mkdir()
    try:
        refused = ask("POST", "/api/export/run", json={"changes": {}, "name": "taken"})
    finally:
        taken.rmdir()
    [problem] = refused.json()["problems"]
    assert refused.status_code == 422
    assert problem["said_en"].endswith("choose another name")
    assert problem["said_zh"].endswith("请换一个名称")
    assert "--force" not in refused.text


def test_a_wrong_setting_is_refused_in_the_words_of_the_command_line(ask):
    refused = ask("POST", "/api/solve", json={"changes": {"targets.band_pct": [30, 20]}})
    assert refused.status_code == 422
    [problem] = refused.json()["problems"]
    with pytest.raises(capshare.CapshareError) as error:
        capshare.load_study("china-15fyp", ["targets.band_pct=[30, 20]"])
    assert problem["said_en"] == str(error.value)
    assert (problem["source"], problem["place"]) == ("china-15fyp.toml", "targets")
    assert problem["said_zh"].startswith("targets：")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{", "JSON"),
        ("[]", "dictionary"),
        ('{"changes": 5}', "dictionary"),
        ('{"changes": {}, "yaer": 2030}', "Extra inputs"),
        ('{"changes": {"targets.distance_points": NaN}}', "a value that a study file can hold"),
        ('{"changes": {"targets.distance_points": 1e999}}', "a value that a study file can hold"),
        ('{"changes": {"targets.distance_points": null}}', "a value that a study file can hold"),
        (json.dumps({"changes": {f"key{n}": 1 for n in range(300)}}), "at most 200"),
        (json.dumps({"changes": {"x" * 500: 1}}), "at most 300"),
    ],
)
def test_a_request_that_is_none_is_refused(ask, body, said):
    refused = ask("POST", "/api/solve", content=body, headers={"Content-Type": "application/json"})
    assert refused.status_code == 422
    assert said in " ".join(problem["said_en"] for problem in refused.json()["problems"])


def test_json_that_is_too_deep_is_refused(ask):
    deep = '{"changes": {"targets.band_pct": ' + "[" * 100_000 + "]" * 100_000 + "}}"
    refused = ask("POST", "/api/solve", content=deep, headers={"Content-Type": "application/json"})
    assert refused.status_code in (400, 422)


@pytest.mark.parametrize(
    "path",
    ["/../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/study.toml", "/static/../../x", "//etc/passwd",
     "/api/solve/..", "/api", "/favicon.ico", "/redoc"],
)  # fmt: skip
def test_no_path_leads_to_a_file(ask, path):
    assert ask("GET", path).status_code in (404, 405)


def test_another_method_is_refused(ask):
    assert ask("GET", "/api/solve").status_code == 405
    assert ask("OPTIONS", "/api/solve").status_code == 405


@pytest.mark.slow
def test_the_study_is_exported_and_gives_the_same_split(ask, tmp_path):
    changes = {
        "targets.distance_points": 2.0,
        "allocation.trade_limit": 0.03,
        "study.scenario": "plan-15-low",
    }
    exported = ask("POST", "/api/export", json={"changes": changes})
    assert exported.headers["content-disposition"] == 'attachment; filename="china-15fyp.toml"'
    assert tomllib.loads(exported.text)["targets"]["distance_points"] == 2.0
    path = tmp_path / "exported.toml"
    path.write_bytes(exported.content)
    quota = capshare.run(path, ()).allocation.provinces["quota_mt"].loc[2030]
    told = ask("POST", "/api/solve", json={"changes": changes}).json()["quota_mt"]
    assert list(told.values()) == pytest.approx(list(quota), rel=1e-9)


@pytest.mark.parametrize("name", ["../out", "/tmp/out", "a/b", "..", ".hidden", "", "x" * 300, "a\x00b"])
def test_a_run_is_written_nowhere_else(ask, exports, name):
    assert ask("POST", "/api/export/run", json={"changes": {}, "name": name}).status_code == 422
    assert list(exports.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "more"),
    [("export", {}), ("export/run", {"name": "run"}), ("frontier", {}), ("province", {"code": "140000"})],
)
def test_of_a_wrong_study_nothing_is_told_or_written(ask, path, more):
    body = {"changes": {"targets.tiers_k": 1}, **more}
    assert ask("POST", f"/api/{path}", json=body).status_code == 422


@pytest.mark.slow
def test_a_run_is_written_into_the_export_folder_once(ask, exports):
    body = {"changes": {"targets.distance_points": 2.0}, "name": "two-points"}
    folder = ask("POST", "/api/export/run", json=body).json()["folder"]
    assert folder == str((exports / "two-points").resolve())
    outcome = capshare.read_run(folder)
    told = ask("POST", "/api/solve", json={"changes": body["changes"]}).json()
    assert list(told["cut_pct"].values()) == pytest.approx(list(outcome.targets.cuts["cut_pct"]), rel=1e-9)
    assert ask("POST", "/api/export/run", json=body).status_code == 422


@pytest.mark.slow
def test_a_province_tells_its_story_beside_its_peers(ask):
    body = {"changes": {"targets.distance_points": 0.5}, "code": "Shanxi", "peers": ["Guangdong", "150000"]}
    told = ask("POST", "/api/province", json=body).json()
    assert (told["code"], told["name_zh"], told["year"]) == ("140000", "山西", 2030)
    assert [peer["code"] for peer in told["peers"]] == ["440000", "150000"]
    assert "at most 0.5 points" in told["lines_en"][0]
    assert len(told["lines_en"]) == len(told["lines_zh"])
    assert told["changes_en"]
    assert ask("POST", "/api/province", json={**body, "code": "Atlantis"}).status_code == 422


def test_the_frontier_passes_through_the_split_there_is(ask):
    told = ask("POST", "/api/frontier", json={"changes": {"targets.distance_points": 1.25}}).json()
    costs = [point["cost_1e8yuan"] for point in told["points"]]
    assert costs == sorted(costs, reverse=True)
    [own] = [point for point in told["points"] if point["value"] == 1.25]
    assert own == pytest.approx(told["here"])
    solved = ask("POST", "/api/solve", json={"changes": {"targets.distance_points": 1.25}}).json()
    assert told["here"]["cost_1e8yuan"] == pytest.approx(solved["objective_1e8yuan"], rel=1e-9)


def test_the_api_is_described_and_offline(ask):
    described = ask("GET", "/openapi.json").json()
    assert {"/api/settings", "/api/solve", "/api/export", "/api/frontier", "/api/province"} <= set(
        described["paths"]
    )
    page = ask("GET", "/docs").text
    for path in described["paths"]:
        assert path in page
    assert "<script" not in page
    assert not re.findall(r"""(?:src|href)=["'](?!#)""", page)


@pytest.mark.parametrize(
    ("error", "status"),
    [(BusyError(), 503), (TimeoutError(), 504), (RuntimeError("a bug"), 500), (MemoryError(), 500)],
)
def test_a_solve_that_fails_is_told_and_the_next_one_answered(ask, monkeypatch, error, status):
    def fails(*_):
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(server, "answer", fails)
        refused = ask("POST", "/api/solve", json={})
    assert refused.status_code == status
    assert refused.json()["problems"][0]["said_zh"]
    assert ask("POST", "/api/solve", json={}).json()["status"] == "solved"


def test_a_solve_that_takes_too_long_is_ended(ask, monkeypatch):
    monkeypatch.setattr("capshare.workbench.solve.LONGEST_S", 1e-6)
    assert ask("POST", "/api/solve", json={}).status_code == 504


def test_the_studys_own_limit_is_told_as_such(ask):
    refused = ask("POST", "/api/solve", json={"changes": {"solver.time_limit_s": 1e-9}})
    assert refused.status_code == 422
    assert "time_limit_s" in refused.text


def test_a_limit_of_all_runs_together_is_kept(session):
    from capshare.chain.solved_year import solve_year

    with pytest.raises(TimeoutError), ending(0.0), session.prepared({}) as found:
        solve_year(found)
