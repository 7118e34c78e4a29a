"""Notes in Chinese: no English word in them but what the study and its tables call their own."""

import re

import capshare
from capshare.indicators.dataset.units import DIMENSION_UNITS

# Names of methods, formats and columns that a rule asks for, keys of the study file, and groups, which are
# the same in both languages.
KEPT = re.compile(
    r"k-means|Calinski-Harabasz|Tibshirani|Walther|Hastie|CO₂|CO2|DEA|KMO|UTF-8|GB18030|CSV|PC\d+|inf|e[+-]\d+"
    r"|cumulative_emissions_mt|\[potential\]|groups\.restarts|comparison\.rules"
    r"|group_stability\.csv|readings\.csv|\b[IVXLC]+\b"
)


def require_chinese(result, given=()):
    """Refuse an English word inside a Chinese note."""
    provinces, blocks = result.allocation.provinces, result.allocation.blocks
    index = (provinces.index.get_level_values("code"), provinces["name_zh"],
             blocks.index.get_level_values("group"), result.weights.table.index, given)  # fmt: skip
    ranked = (result.study.settings.get("potential") or {}).get("indicators", ())
    own = {str(name) for names in index for name in names} | {item["id"] for item in ranked}
    # Units are told as a table may write them.
    own |= {unit for units in DIMENSION_UNITS.values() for unit in units}
    # Whole names: a region called k is not the k of k-means.
    names = "|".join(re.escape(name) for name in sorted(own, key=len, reverse=True))
    whole = re.compile(rf"(?<![A-Za-z0-9_-])(?:{names})(?![A-Za-z0-9_-])")
    for note in capshare.notes_in_words(result, "zh"):
        assert not re.search("[A-Za-z]{2}", KEPT.sub("", whole.sub("", note))), note
