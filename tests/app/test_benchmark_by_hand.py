"""The rules of the market by hand through the command: a table goes in, facilities.csv comes out."""

import csv

import pytest

# Seven works that make 1 000 000 t beside a benchmark of 2 t per tonne, 2 000 000 t. What each emits, its
# quota in 2025, what was issued in advance (70 % of what the table says of 2024), and what is settled:
#  -25 %: 1 500 000 x 1.030 = 1 545 000; 0.7 x 2 400 000 = 1 680 000; 135 000 are taken back
#  -20 %: 1 600 000 x 1.030 = 1 648 000; 0.7 x 1 000 000 =   700 000; 948 000 on top
#  -10 %: 1 800 000 x 1.015 = 1 827 000; 0.7 x 2 610 000 = 1 827 000; nothing
#    0 %: 2 000 000;                     0.7 x 2 000 000 = 1 400 000; 600 000 on top
#  +10 %: 2 200 000 x 0.985 = 2 167 000; 0.7 x 2 200 000 = 1 540 000; 627 000 on top
#  +20 %: 2 400 000 x 0.970 = 2 328 000; 0.7 x 4 000 000 = 2 800 000; 472 000 are taken back
#  +25 %: 2 500 000 x 0.970 = 2 425 000; 0.7 x 2 500 000 = 1 750 000; 675 000 on top
WORKS = [
    ("25 below", "Shanxi", 1_500_000, 1_545_000, 2_400_000, -135_000),
    ("20 below", "Shanxi", 1_600_000, 1_648_000, 1_000_000, 948_000),
    ("10 below", "Hebei", 1_800_000, 1_827_000, 2_610_000, 0),
    ("at it", "Hebei", 2_000_000, 2_000_000, 2_000_000, 600_000),
    ("10 above", "Hebei", 2_200_000, 2_167_000, 2_200_000, 627_000),
    ("20 above", "Shanxi", 2_400_000, 2_328_000, 4_000_000, -472_000),
    ("25 above", "Liaoning", 2_500_000, 2_425_000, 2_500_000, 675_000),
]
HEAD = "facility,province,sector,year,emissions_t,output,benchmark,carried_t,offsets_t"


@pytest.fixture
def table(tmp_path):
    """The works in both years; the last two hold 40 000 of earlier quotas, and offsets beyond their limit."""
    rows = [HEAD]
    for name, province, emissions_t, _, before_t, _ in WORKS:
        held = "40000,200000" if name in ("20 above", "25 above") else ","
        rows.append(f"{name},{province},steel,2024,{before_t},1000000,2,,")
        rows.append(f"{name},{province},steel,2025,{emissions_t},1000000,2,{held}")
    path = tmp_path / "works.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def amounts(path, key):
    with path.open(encoding="utf-8", newline="") as stream:
        return {row[key]: row for row in csv.DictReader(stream)}


def test_a_year_of_seven_works(call, table, tmp_path):
    code, output, message = call("benchmark", table, "-o", "out")
    assert (code, message) == (0, "")
    found = amounts(tmp_path / "out" / "facilities.csv", "facility")
    for name, _, _, quota_t, before_t, settled_t in WORKS:
        row = found[name]
        assert float(row["quota_t"]) == pytest.approx(quota_t, rel=1e-12), name
        assert float(row["advance_t"]) == pytest.approx(0.7 * before_t, rel=1e-12), name
        assert float(row["settled_t"]) == pytest.approx(settled_t, abs=1e-6), name
    # 20 above: 2 328 000 and 40 000 carried; offsets may cover 5 % of 2 400 000 = 120 000, of which the
    # 32 000 are used that are lacking.
    # 25 above: 2 425 000 and 40 000; 35 000 are lacking, of the 125 000 that offsets may cover.
    # 10 above: 2 167 000, without either: 33 000 are short, at five times 63 yuan each 10 395 000 yuan.
    used = {name: float(found[name]["offsets_used_t"]) for name in ("20 above", "25 above")}
    assert used == pytest.approx({"20 above": 32_000, "25 above": 35_000})
    limits = [float(found[name]["offset_limit_t"]) for name in used]
    assert limits == pytest.approx([120_000, 125_000])
    short = {name: float(row["shortfall_t"]) for name, row in found.items()}
    assert short == pytest.approx({**dict.fromkeys(found, 0.0), "10 above": 33_000}, abs=1e-6)
    assert float(found["10 above"]["penalty_yuan"]) == pytest.approx(10_395_000)
    # 135 000 and 472 000 taken back are 0.61 Mt; 948, 600, 627 and 675 thousand on top, 2.85.
    said = " ".join(output.split())
    assert "Mt top up 4 facilities, and 0.61 Mt are taken back from 2 facilities." in said
    assert "Short of quota: 1 facility, 0.033 Mt" in said


def test_provinces_add_up_to_the_nation(call, table, tmp_path):
    assert call("benchmark", table, "-o", "out")[0] == 0
    provinces = amounts(tmp_path / "out" / "provinces.csv", "code")
    # 1 545 + 1 648 + 2 328; 1 827 + 2 000 + 2 167; 2 425 thousand: 13 940 thousand in all.
    quotas = {code: float(row["quota_t"]) for code, row in provinces.items()}
    assert quotas == pytest.approx({"140000": 5_521_000, "130000": 5_994_000, "210000": 2_425_000})
    sectors = amounts(tmp_path / "out" / "sectors.csv", "sector")
    assert float(sectors["steel"]["quota_t"]) == pytest.approx(13_940_000)
    # 1.5 + 1.6 + 2.4; 1.8 + 2.0 + 2.2; 2.5: 14 million t.
    emissions = {code: float(row["emissions_t"]) for code, row in provinces.items()}
    assert emissions == pytest.approx({"140000": 5.5e6, "130000": 6e6, "210000": 2.5e6})


def test_in_2024_quotas_are_verified_emissions(call, table, tmp_path):
    assert call("benchmark", table, "-o", "out", "--year", 2024)[0] == 0
    found = amounts(tmp_path / "out" / "facilities.csv", "facility")
    assert {name: float(row["quota_t"]) for name, row in found.items()} == {
        name: float(before_t) for name, _, _, _, before_t, _ in WORKS
    }


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ("1 facility in 1 province emitted", "No facility is short", "and nothing is taken back.")),
        ("zh", ("1个省份的1个设施2025年排放", "没有设施缺配额", "没有收回。")),
    ],
)
def test_one_facility_is_told_of_in_the_singular(call, tmp_path, lang, told):
    one = f"{HEAD}\nalone,Shanxi,steel,2025,2000000,1000000,,,\n"
    (tmp_path / "one.csv").write_text(one, encoding="utf-8")
    code, output, _ = call("benchmark", "one.csv", "-o", "out", "--lang", lang)
    assert code == 0
    said = " ".join(output.split())
    assert all(part in said for part in told), said
    assert "1 facilities" not in said
    assert "1 provinces" not in said
