"""What the workbench answers is what ``capshare run --set`` computes."""

import random

import pytest

import capshare
from capshare.base.errors import CapshareError
from capshare.base.years import in_year
from capshare.reports.words.notes import note_texts
from capshare.study.reading import load_study, shipped_studies
from capshare.workbench.catalogue import settings
from capshare.workbench.conflict import conflict
from capshare.workbench.solve import answer

CLOSE = {"rel": 1e-9, "abs": 1e-9}


def require_equal(answered, outcome):
    """Quotas, amounts, prices and cuts of the answer are those of the run."""
    provinces = in_year(outcome.allocation.provinces, answered.year)
    assert list(answered.provinces) == list(provinces.index)
    for name in ("quota_mt", "entitlement_mt", "emissions_mt", "abatement_mt", "purchase_mt", "sale_mt",
                 "uncovered_mt", "cost_1e8yuan", "balance_mt"):  # fmt: skip
        found = [getattr(province, name) for province in answered.provinces.values()]
        assert found == pytest.approx(list(provinces[name]), **CLOSE), name
    for name in ("group", "balance_class"):
        assert [getattr(province, name) for province in answered.provinces.values()] == list(provinces[name])
    prices = in_year(outcome.prices, answered.year)["price_yuan_per_t"]
    told = {(p.constraint, p.name): p.price_yuan_per_t for p in answered.prices if p.kind != "market"}
    assert list(told.values()) == pytest.approx([prices[key] for key in told], **CLOSE)
    ended = [end for end in outcome.allocation.endings if answered.year in end.years]
    assert answered.objective_1e8yuan == pytest.approx(ended[0].objective_1e8yuan, **CLOSE)
    cuts = outcome.targets.cuts if outcome.targets else None
    if cuts is not None and answered.year == outcome.years[-1]:
        for name in ("cut_pct", "entitled_cut_pct", "rounded_cut_pct"):
            found = [getattr(province, name) for province in answered.provinces.values()]
            assert found == pytest.approx(list(cuts[name]), **CLOSE), name
        assert [p.decided_by for p in answered.provinces.values()] == list(cuts["decided_by"])


def text_of(value):
    """A value as the command line takes it."""
    if isinstance(value, list):
        return f"[{', '.join(map(text_of, value))}]"
    return repr(value) if isinstance(value, float) else str(value)


def told(solve):
    """What was found, or the problems that it was refused with."""
    try:
        return solve(), ()
    except CapshareError as error:
        return None, error.problems


def compared(session_of, ran, name, changes, year=None):
    """The same settings asked of the workbench and run; "refused" and "infeasible" of both."""
    written = tuple(f"{key}={text_of(value)}" for key, value in changes.items())
    answered, refused = told(lambda: answer(session_of(name), changes, year))
    if answered is None:
        assert told(lambda: ran(name, *written)) == (None, refused), changes
        return "refused"
    if answered.status == "infeasible":
        with pytest.raises(capshare.InfeasibleError, match="satisfies all rules"):
            ran(name, *written)
        return "infeasible"
    require_equal(answered, ran(name, *written))
    return "solved"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "year"),
    [
        ({}, None),
        ({"targets.distance_points": 2.75, "allocation.trade_limit": 0.02}, 2028),
        pytest.param(
            {"cap.cut_pct": 18.2, "burden.weights": "equal", "study.scenario": "plan-15-low"},
            None,
            marks=pytest.mark.slow,
        ),
        (
            {
                "prices.method": "logarithmic",
                "nowcast.provincial": "second-inventory",
                "targets.tiers": "bind",
            },
            None,
        ),
    ],
    ids=["as it is", "rules", "target", "data"],
)
def test_settings_of_a_plan_are_solved_as_a_run_does(session_of, ran, changes, year):
    assert compared(session_of, ran, "china-15fyp", changes, year) == "solved"


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("eu-2030", {"allocation.max_deviation": 0.05, "prices.anchor": 80}),
        ("eu-2030", {"allocation.scope": "groups", "groups.k": 3, "allocation.ceiling": "inf"}),
        pytest.param("tian-lin-2021-given", {"cap.mt.2017": 13000.0}, marks=pytest.mark.slow),
        pytest.param(
            "china-2035",
            {"smoothing.max_yearly_change": 0.05, "cap.then.cut_pct": 9.0},
            marks=pytest.mark.slow,
        ),
    ],
)
def test_settings_of_other_studies_too(session_of, ran, name, changes):
    assert compared(session_of, ran, name, changes) == "solved"


@pytest.mark.slow
@pytest.mark.parametrize(
    "changes",
    [
        {"targets.band_pct": [16.9, 17.1]},
        {"targets.band_pct": [30, 20]},
        {"groups.k": 3},
        {"burden.weights": "entropi", "targets.tiers_k": 1},
        {"prices.max_abatement": 0},
    ],
)
def test_what_is_wrong_is_told_as_the_command_line_does(session, changes):
    answered, problems = told(lambda: answer(session, changes))
    written = [f"{key}={text_of(value)}" for key, value in changes.items()]
    assert answered is None
    assert told(lambda: capshare.run(load_study("china-15fyp", written), ())) == (None, problems)


def test_a_year_that_is_none_is_refused(session):
    with pytest.raises(CapshareError, match="a year of the study: 2026, 2027"):
        answer(session, {}, 2031)


@pytest.mark.parametrize(
    "changes",
    [
        {"study.dataset": "china-2017"},
        {"study.scenario": "/etc/passwd"},
        {"solver.name": "/bin/sh"},
        {"allocation.constraint": [{"name": "x", "min_share_of": {"run": "../elsewhere", "share": 0.9}}]},
    ],
)
def test_nothing_is_read_from_elsewhere(session, changes):
    with pytest.raises(CapshareError, match="Change the study file itself"):
        answer(session, changes)


WEST = ["Inner Mongolia", "Shanxi", "Shaanxi", "Gansu", "Qinghai", "Ningxia", "Xinjiang"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "changes",
    [
        {"allocation.constraint": [{"name": "the west", "provinces": WEST, "min_share": 0.4}]},
        pytest.param(
            {
                "allocation.constraint": [
                    {"name": "early", "provinces": ["Hebei"], "min_mt": 950, "year": 2027}
                ]
            },
            marks=pytest.mark.slow,
        ),
        {"targets.tiers": "bind", "targets.distance_points": 0.0},
    ],
    ids=["a share", "another year", "tiers"],
)
def test_rules_that_collide_are_told_and_every_mend_mends(session, ran, changes):
    collided = answer(session, changes)
    assert collided.status == "infeasible"
    assert len(collided.conflict.rules) >= 2
    assert collided.conflict.mends
    for rule in collided.conflict.rules:
        assert rule.label_en
        assert rule.label_zh
        # In words, not as keys of the file.
        assert "allocation.constraint" not in rule.label_en + rule.label_zh
    for mend in collided.conflict.mends:
        assert answer(session, {**changes, **mend.changes}).status == "solved", mend.text_en


@pytest.mark.slow
def test_a_planners_rule_that_collides_is_told_in_words(session):
    constraint = {"name": "the west", "provinces": WEST, "min_share": 0.4}
    rules = answer(session, {"allocation.constraint": [constraint]}).conflict.rules
    assert rules[0].label_en == "rule the west: at least 40 % of all quotas"
    assert rules[0].label_zh == "规则“the west”：不少于全部配额的40%"


def test_a_search_for_mends_that_takes_too_long_is_given_up(session):
    constraint = {"name": "the west", "provinces": WEST, "min_share": 0.4}
    with session.prepared({"allocation.constraint": [constraint]}) as found:
        given_up = conflict(found, 1e-3)
    assert (given_up.rules, given_up.mends, given_up.searched) == ([], [], False)


@pytest.mark.slow
def test_rules_that_collide_in_a_run_collide_here(ran):
    with pytest.raises(capshare.InfeasibleError, match="found none for 2027"):
        ran(
            "china-15fyp",
            'allocation.constraint=[{name="early", provinces=["Hebei"], min_mt=950, year=2027}]',
        )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "setting"),
    [("eu-2030", "prices.max_abatement=0.2"), ("tian-lin-2021-given", "cap.mt.2017=12500.0")],
)
def test_notes_are_those_of_the_run_and_no_stop_is_missing(session_of, ran, name, setting):
    outcome, held = ran(name, setting), session_of(name)
    key, _, value = setting.partition("=")
    answered = answer(held, {key: float(value)})
    names = held.base.inputs.dataset.regions.names
    with held.in_its_words():
        for lang in ("en", "zh"):
            known = note_texts(outcome.notes, names[f"name_{lang}"], lang)
            stops = [note for note in outcome.notes if note.severity == "stop"]
            told = [getattr(note, f"text_{lang}") for note in answered.notes]
            assert told
            assert (name != "eu-2030") or stops
            assert set(told) <= set(known)
            assert set(note_texts(stops, names[f"name_{lang}"], lang)) <= set(told)


def test_stops_come_first(session):
    severities = [note.severity for note in answer(session, {"prices.max_abatement": 0.02}).notes]
    assert severities[0] == "stop"
    assert severities == sorted(severities, key=["stop", "caution"].index)


def turned(setting, draw):
    """A value that a slider or a list of a setting can be put at."""
    if setting.kind == "choice":
        return draw.choice([choice.value for choice in setting.choices])
    if setting.kind == "numbers":
        low, high = sorted(round(draw.uniform(setting.minimum, setting.maximum), 2) for _ in range(2))
        return [low, high]
    value = draw.uniform(setting.minimum, setting.maximum)
    return round(value) if setting.kind == "integer" else round(value, 6)


@pytest.mark.slow
@pytest.mark.parametrize("name", shipped_studies())
def test_random_settings_are_solved_as_runs_do(session_of, name):
    draw, ended = random.Random(f"{name} 15"), []
    listed = [setting for setting in settings(session_of(name)) if setting.kind != "constraints"]
    count = 20 if name == "china-15fyp" else 8
    for _ in range(count):
        chosen = draw.sample(listed, draw.randint(1, 3))
        changes = {setting.key: turned(setting, draw) for setting in chosen}
        ended.append(
            compared(
                session_of,
                lambda study, *written: capshare.run(load_study(study, written), ()),
                name,
                changes,
            )
        )
    print(f"\n{name}: {ended.count('solved')} solved, {ended.count('infeasible')} infeasible, "
          f"{ended.count('refused')} refused by both alike")  # fmt: skip
    assert ended.count("solved") >= count / 2
