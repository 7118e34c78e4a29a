from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from capshare.base.notes import caution, detail
from capshare.model.outcome.allocation import Ending, SolvedAllocation
from capshare.model.outcome.beside_published import BesidePublished
from capshare.model.outcome.ensemble import CONTRADICTION, QUANTILE_NAMES, DrawCounts, Ensemble
from capshare.model.outcome.groups import Groups
from capshare.model.outcome.national_cap import NationalCap
from capshare.model.outcome.outcome import Outcome
from capshare.model.outcome.ranking import PotentialRanking
from capshare.model.outcome.study_record import StudyRecord
from capshare.model.outcome.targets import ProvincialTargets
from capshare.model.outcome.weights import IndicatorWeights
from capshare.reports.page.page import report_html
from capshare.reports.words.catalogue import LANGUAGES
from capshare.reports.workbook.book import workbook_bytes

CODES = ["110000", "130000", "150000", "320000", "440000", "530000", "640000"]
ENGLISH = ["Aster", "Birch", "Cedar", "Dahlia", "Elder", "Fern", "Gorse"]
CHINESE = ["甲省", "乙省", "丙自治区", "丁省", "戊省", "己省", "庚自治区"]
NOTES = (
    caution("single", groups=["I"]),
    caution("below", provinces=[("640000", 0.16, "")]),
    detail("no_rank_correlation", figure="=1+1"),
)


def provinces() -> pd.DataFrame:
    quota = [80.0, 300.25, 410.5, 700.0, 650.1, 500.0, 59.15]
    emissions = [75.0, 480.0, 520.5, 690.0, 560.0, 0.1 + 0.2, 374.2]
    frame = pd.DataFrame({"quota_mt": quota, "emissions_mt": emissions}, index=pd.Index(CODES, name="code"))
    frame["balance_mt"] = frame["quota_mt"] - frame["emissions_mt"]
    frame["quota_share"] = frame["quota_mt"] / 2700.0
    frame["name_en"] = ENGLISH
    frame["name_zh"] = CHINESE
    frame["group"] = ["I", "I", "II", "II", "II", "I", "II"]
    frame["score"] = [0.11, 0.22, 1 / 3, 0.44, 0.55, 0.66, 0.077]
    frame["entitlement_mt"] = quota
    frame["floor_mt"] = frame["emissions_mt"] * 0.1
    frame["ceiling_mt"] = float("inf")
    frame["balance_class"] = [
        "slight surplus",
        "moderate deficit",
        "moderate deficit",
        "slight surplus",
        "slight surplus",
        "ample surplus",
        "severe deficit",
    ]
    frame["cause"] = "low emissions, high quota"
    frame["intensity_cut_pct"] = 12.5
    frame["abatement_mt"] = [0.0, 20.0, 30.0, 0.0, 0.0, 0.0, 40.0]
    frame["purchase_mt"] = [0.0, 159.75, 80.0, 0.0, 0.0, 0.0, 275.05]
    frame["sale_mt"] = 0.0
    frame["uncovered_mt"] = 0.0
    frame["cost_1e8yuan"] = [0.0, 1.25, 2.5, 0.0, 0.0, 0.0, 4.0]
    frame["penalty_1e8yuan"] = 0.0
    frame["value_yuan_per_t"] = 98.7654321
    return frame


def groups() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "members": [3, 4],
            "cap_mt": [880.25, 1819.75],
            "cap_share": [0.326, 0.674],
            "price_yuan_per_t": [98.77, 101.25],
            "price_low_yuan_per_t": pd.Series([91.5, None], dtype=object, index=["I", "II"]),
            "price_high_yuan_per_t": pd.Series([98.77, 133.75], dtype=object, index=["I", "II"]),
        },
        index=pd.Index(["I", "II"], name="group"),
    )


def prices() -> pd.DataFrame:
    rows = [("cap", "I"), ("cap", "II"), *(("coverage", code) for code in CODES)]
    index = pd.MultiIndex.from_tuples(rows, names=["constraint", "name"])
    return pd.DataFrame({"price_yuan_per_t": 98.7654321, "binding": [True, False] + [True] * 7}, index=index)


def weights() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "principle": ["ecology", "equality", "capability"],
            "direction": ["more", "more", "less"],
            "entropy": [0.7, 0.8, 0.9],
            "weight": [0.5, 0.3, 0.2],
        },
        index=pd.Index(["forest_stock", "population", "=income"], name="indicator"),
    )


def potential() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name_en": ["Birch", "Cedar", "Gorse"],
            "name_zh": ["乙省", "丙自治区", "庚自治区"],
            "score": [100.0, 61.5, 0.0],
            "rank": [1, 2, 3],
            "tier": ["high", "middle", "low"],
        },
        index=pd.Index(["130000", "150000", "640000"], name="code"),
    )


def agreement() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "value": [0.4375, 5.0],
            "unit": ["-1 to 1", "of 7"],
            "meaning": ["rank correlation of quotas, 1 is the same order", "balance classes that agree"],
        },
        index=pd.Index(["quota_rank_correlation", "classes_right"], name="figure"),
    )


def steps() -> pd.DataFrame:
    index = pd.MultiIndex.from_product([CODES, [1, 2]], names=["code", "step"])
    return pd.DataFrame({"size_mt": 10.0, "cost_yuan_per_t": [100.0, 200.5] * 7}, index=index)


def published() -> pd.DataFrame:
    frame = provinces()[["quota_mt", "balance_class"]]
    return frame.assign(
        published_quota_mt=frame["quota_mt"] + 1.0,
        published_balance_class=frame["balance_class"],
        group=frame["balance_class"].str[:1],
        published_group="I",
        quota_share_error_points=0.25,
    )


def within_rules() -> pd.DataFrame:
    return pd.DataFrame({"classes_right": [3, 5]}, index=pd.Index(["score", "equal"], name="within"))


def contributions() -> pd.DataFrame:
    columns = ["value", "floor", "ceiling", "rules", "equity", "contribution"]
    values = [40.0, 5.0, -2.0, 0.0, -3.0, 40.0]
    return pd.DataFrame(
        {f"{column}_yuan_per_t": value for column, value in zip(columns, values, strict=True)},
        index=pd.Index(CODES, name="code"),
    )


def of_2017(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.concat({2017: frame}, names=["year", *frame.index.names])


def years() -> pd.DataFrame:
    figures = {"cap_mt": 2700.0, "emissions_mt": 2700.0, "price_yuan_per_t": 100.0, "at_floor": 0}
    return pd.DataFrame(figures, index=pd.Index([2017], name="year"))


def seven() -> Outcome:
    """A run of seven made-up provinces; what a run may lack is absent."""
    frame = provinces()
    loss = frame[["entitlement_mt", "quota_mt"]].assign(
        national_entitlement_mt=frame["quota_mt"], national_quota_mt=frame["quota_mt"]
    )
    settings = {
        "study": {"name": "seven", "seed": 2021},
        "cap": {"method": "table", "mt": {2017: 2700.0}},
        "allocation": {"ceiling": float("inf"), "trade_limit": None, "constraint": [{"name": "西部"}]},
    }
    normalised = pd.DataFrame({"forest_stock": frame["score"], "population": 0.5}, index=frame.index)
    cap = pd.DataFrame({"cap_mt": [2700.0]}, index=pd.Index([2017], name="year"))
    allocation = SolvedAllocation(
        provinces=of_2017(frame),
        blocks=of_2017(groups()),
        contributions=of_2017(contributions()),
        steps=of_2017(steps()),
        raw_share=None,
        endings=(Ending((2017,), "optimal", 7.8125, 0.0625, 1.5e-12, "HiGHS 1.99"),),
        checks=pd.DataFrame(
            {"figure": [1e-12, 0.25], "passed": [True, False]},
            index=pd.Index(["quotas add up to the cap", "duality gap"], name="name"),
        ),
        mps="NAME seven\nENDATA",
        market_sectors=None,
    )
    return Outcome(
        study=StudyRecord("seven", 2021, settings, {"data/provinces.csv": b"abc"}, None),
        inputs=None,
        weights=IndicatorWeights(weights(), normalised),
        groups=Groups(block_weight=None, loss=of_2017(loss), firmness=None),
        cap=NationalCap(cap, starts=None, years=years()),
        allocation=allocation,
        prices=of_2017(prices()),
        costs=None,
        targets=None,
        market=None,
        potential=PotentialRanking(potential(), indicators=None, components=None),
        comparison=None,
        published=BesidePublished(published(), agreement(), within_rules()),
        notes=NOTES,
    )


def cuts() -> pd.DataFrame:
    """Cuts of the seven: two at the distance, one at the band, tiers by the index."""
    constant = pd.Series([100.0, 500.0, 600.0, 900.0, 800.0, 400.0, 200.0], index=CODES)
    cut = pd.Series([20.5, 16.25, 17.0, 18.75, 17.0, 14.0, 13.1], index=CODES)
    rounded = pd.Series([20.5, 16.5, 17.0, 18.5, 17.0, 14.0, 13.0], index=CODES)
    return pd.DataFrame(
        {
            "name_en": ENGLISH,
            "name_zh": CHINESE,
            "tier": ["I", "II", "II", "I", "II", "III", "III"],
            "entitled_cut_pct": [20.5, 14.75, 17.0, 20.25, 17.0, 14.0, 12.9],
            "cut_pct": cut,
            "rounded_cut_pct": rounded,
            "quota_mt": constant * (1 - cut / 100),
            "rounded_quota_mt": constant * (1 - rounded / 100),
            "base_emissions_mt": constant / 1.25,
            "constant_intensity_mt": constant,
            "decided_by": ["band", "distance", "cost", "distance", "cost", "cost", "cost"],
            "cut_12fyp_pct": [18.0, 17.0, 16.0, 19.0, 19.5, 16.5, 11.0],
            "cut_13fyp_pct": [20.5, 18.0, 17.0, 20.5, 20.5, 18.0, 12.0],
        },
        index=pd.Index(CODES, name="code"),
    )


def pledge() -> pd.DataFrame:
    figures = {
        "reference_year": 2005,
        "pledged_cut_pct": 65.0,
        "official_year": 2010,
        "official_cut_pct": 40.0,
        "base_year": 2012,
        "base_cut_pct": 44.0,
        "pledge_asks_pct": 37.5,
        "plan_asks_pct": 17.0,
    }
    return pd.DataFrame([figures], index=pd.Index([2017], name="year"))


@pytest.fixture
def with_cuts(changed: Callable[..., Outcome], result: Outcome) -> Outcome:
    """The run of the seven as one of a study that sets targets from 2012 to 2017."""
    settings = {**result.study.settings, "targets": {"band_pct": (10.0, 20.5), "distance_points": 1.5}}
    settings["study"] = {"name": "seven", "seed": 2021, "base_year": 2012}
    cap = result.cap.path.assign(cut_pct=17.0)
    intensity = of_2017(pd.DataFrame({"cut_vs_base_pct": 17.0}, index=pd.Index(CODES, name="code")))
    targets = ProvincialTargets(intensity, cuts(), pledge())
    return changed(study__settings=settings, cap__path=cap, targets=targets)


@pytest.fixture
def result() -> Outcome:
    """A run of seven made-up provinces, free to be changed."""
    return seven()


@pytest.fixture(scope="session")
def pages() -> dict[str, str]:
    """Its pages by language, made once."""
    return {lang: report_html(seven(), lang) for lang in LANGUAGES}


@pytest.fixture(scope="session")
def made_book() -> bytes:
    """Its workbook, made once."""
    return workbook_bytes(seven())


@pytest.fixture
def quick_files(monkeypatch: pytest.MonkeyPatch, made_book: bytes) -> None:
    """Workbook and page have tests of their own, and take a second to make."""
    monkeypatch.setattr("capshare.reports.folder.write.workbook_bytes", lambda result, lang, unit: made_book)
    monkeypatch.setattr("capshare.reports.folder.write.report_html", lambda result, lang: "<html></html>")


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages show empty drawings: a process that draws takes as long as the rest of a small page."""
    blank = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>'
    for place in ("page.page", "page.chart"):
        monkeypatch.setattr(
            f"capshare.reports.{place}.drawings_begun", lambda: lambda charts: lambda: [blank] * len(charts)
        )


@pytest.fixture
def changed(result: Outcome) -> Callable[..., Outcome]:
    """The run with something else in some places; ``allocation__provinces`` is that frame of that part."""

    def change(**others: Any) -> Outcome:
        outcome = result
        for place, value in others.items():
            part, _, name = place.partition("__")
            new = replace(getattr(outcome, part), **{name: value}) if name else value
            outcome = replace(outcome, **{part: new})
        return outcome

    return change


@pytest.fixture(scope="session")
def drawn() -> Callable[[Outcome], Outcome]:
    """Gives a run an ensemble: quantiles a fixed way around its own figures, two inputs, chances."""

    def beside(outcome: Outcome) -> Outcome:
        cuts = outcome.targets.cuts if outcome.targets else None
        own = outcome.in_year().provinces["quota_mt"] if cuts is None else cuts["cut_pct"]
        figure, codes = str(own.name), list(own.index)
        # The first lies in the middle half, the second in nine in ten, the third outside, and so on.
        shift = pd.Series([(0.0, 1.5, 3.0)[place % 3] for place in range(len(codes))], index=codes)
        steps = dict(zip(QUANTILE_NAMES, (-2.0, -1.0, 0.25, 1.0, 2.0), strict=True))
        rows = [
            pd.DataFrame({name: own + shift + step for name, step in steps.items()}).assign(figure=name_of)
            for name_of in dict.fromkeys([figure, "quota_mt"])
        ]
        price = pd.DataFrame({name: [5.0 + step] for name, step in steps.items()}, index=["all"])
        quantiles = pd.concat([*rows, price.assign(figure="price_yuan_per_t")])
        chances = {
            **{(code, "deficit"): 0.75 for code in codes[1:]},
            **{(code, "light deficit"): 0.75 for code in codes[1:]},
            **{(code, "balanced"): 0.25 for code in codes},
            **{(code, "target 16.5"): 0.4 for code in codes},
            **{(code, f"potential rank {place}"): 0.9 for place, code in enumerate(codes[:7], 1)},
        }
        drivers = {
            (code, figure, name): {
                "first_order": 0.1,
                "total": total,
                "low": total - 0.05,
                "high": total + 0.3,
            }
            for code in codes
            for name, total in (("costs", 0.2), ("columns.gdp_1e8yuan", 0.6))
        }
        ensemble = Ensemble(
            quantiles=quantiles.rename_axis("code").set_index("figure", append=True),
            probabilities=framed(chances, ["code", "event"], "probability"),
            same_group=framed({(codes[0], codes[1]): 0.5}, ["code", "other"], "probability"),
            drivers=pd.DataFrame.from_dict(drivers, orient="index").rename_axis(["code", "figure", "input"]),
            counts=DrawCounts(500, 497, {CONTRADICTION: 3}, 12, 7),
        )
        return replace(outcome, drivers=replace(outcome.drivers, ensemble=ensemble))

    return beside


def framed(values: dict[tuple[str, str], float], names: list[str], column: str) -> pd.DataFrame:
    index = pd.MultiIndex.from_tuples(values, names=names)
    return pd.DataFrame({column: list(values.values())}, index=index)
