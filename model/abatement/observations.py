"""The province-years from which the distance function is estimated."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.notes import Note, caution, detail
from capshare.model.abatement.capital import PerpetualInventory, capital_stock
from capshare.model.abatement.constant_prices import constant_price_accounts
from capshare.model.abatement.long_panel import panel_cells

# t of fuel x t/t, or m3 x kg/m3, both to Mt
MT_PER_UNIT = {"1e4 t": 0.01, "1e8 m3": 0.1}
_INVENTORY = "inventory"
INPUT_UNITS = {"employment": "1e4 persons", "energy_total": "1e4 tce"}


@dataclass(frozen=True)
class ProvinceYears:
    """Complete province-years, and what was done about the incomplete ones.

    Attributes
    ----------
    observations : index (code, year); ``capital_1e8yuan, labour_1e4, energy_1e4tce, gdp_1e8yuan,
        emissions_mt``, money in constant prices
    dropped : index (code, year); ``missing``, the variables absent there
    zeroed : columns ``code, year, variable``: the absent fuels counted as 0 because the caller said so
    """

    observations: pd.DataFrame
    dropped: pd.DataFrame
    zeroed: pd.DataFrame

    def of_year(self, year: int) -> pd.DataFrame:
        """Give one year's observations, index code.

        Parameters
        ----------
        year : calendar year

        Returns
        -------
        DataFrame
            index code, the columns of ``observations``

        Raises
        ------
        CapshareError
            If the panel has no observation of that year.
        """
        if year not in self.observations.index.unique("year"):
            raise CapshareError(
                Problem(
                    "panel", f"year {year}", "complete province-years", "none", "Choose another base year."
                )
            )
        within = self.observations.index.get_level_values("year") == year
        return self.observations[within].droplevel("year")


def province_years(
    panel: pd.DataFrame,
    emissions: Mapping[str, float] | pd.Series,
    *,
    years: tuple[int, int] = (2005, 2017),
    accounts_from: int = 2000,
    price_year: int = 2017,
    absent_as_zero: Collection[str] = (),
    capital: PerpetualInventory | None = None,
) -> ProvinceYears:
    r"""Put together GDP, capital, labour, energy and emissions of every province and year.

    Emissions are those of an inventory, or of fuels: :math:`b_{it} = \sum_f \phi_f\,q_{fit}`.

    Parameters
    ----------
    panel : long panel, columns ``code, year, variable, value, unit``
    emissions : of an inventory, index (code, year), Mt; or per fuel (a variable of the panel) t CO2 per t, or
        kg CO2 per m3: only the fuels named are counted
    years : first and last year kept
    accounts_from : first year of the capital stock; the earlier, the less its start matters
    price_year : year whose prices GDP and capital are expressed in
    absent_as_zero : fuels whose absent cells mean that none was burnt (an energy balance leaves such a cell
        empty); they are listed in the result
    capital : depreciation, and the growth behind the initial stock

    Returns
    -------
    ProvinceYears

    Raises
    ------
    CapshareError
        If a variable is absent or in another unit, the accounts have a gap, or ``absent_as_zero`` names
        something that is not among the fuels.
    """
    zero: tuple[str, ...]
    if isinstance(emissions, pd.Series):
        fuels, factors, zero = emissions.rename(_INVENTORY).to_frame(), {_INVENTORY: 1.0}, ()
    else:
        _check_zeroed(absent_as_zero, emissions)
        fuels, factors, zero = _fuel_cells(panel, list(emissions)), dict(emissions), tuple(absent_as_zero)
    fuels = _within(fuels, years)
    burnt = fuels.fillna(dict.fromkeys(zero, 0.0))
    accounts = constant_price_accounts(
        panel, price_year=price_year, first_year=accounts_from, last_year=max(years[1], price_year)
    )
    known = _within(_production(panel, accounts, capital), years).join(burnt, how="outer")
    dropped = _incomplete(known)
    complete = known.drop(index=dropped.index)
    emitted = complete[list(factors)].mul(pd.Series(factors)).sum(axis=1)
    observations = complete.drop(columns=list(factors)).assign(emissions_mt=emitted)
    return ProvinceYears(observations, dropped, _absent(fuels, zero))


def _production(
    panel: pd.DataFrame, accounts: pd.DataFrame, capital: PerpetualInventory | None
) -> pd.DataFrame:
    inputs = panel_cells(panel, INPUT_UNITS)
    return pd.DataFrame(
        {
            "capital_1e8yuan": capital_stock(accounts, capital),
            "labour_1e4": inputs["employment"],
            "energy_1e4tce": inputs["energy_total"],
            "gdp_1e8yuan": accounts["gdp_1e8yuan"],
        }
    )


def _within(cells: pd.DataFrame, years: tuple[int, int]) -> pd.DataFrame:
    return cells[cells.index.get_level_values("year").isin(range(years[0], years[1] + 1))]


def _fuel_cells(panel: pd.DataFrame, fuels: list[str]) -> pd.DataFrame:
    """Fuel use in units that a factor turns into Mt, index (code, year)."""
    units = panel.loc[panel["variable"].isin(fuels)].groupby("variable")["unit"].first().to_dict()
    problems = [
        Problem(
            "panel", f"fuel {fuel}", " or ".join(MT_PER_UNIT), str(units.get(fuel, "no rows")), "Convert it."
        )
        for fuel in fuels
        if units.get(fuel) not in MT_PER_UNIT
    ]
    if problems:
        raise CapshareError(problems)
    return panel_cells(panel, {fuel: units[fuel] for fuel in fuels}).mul(
        pd.Series({fuel: MT_PER_UNIT[units[fuel]] for fuel in fuels})
    )


def _check_zeroed(absent_as_zero: Collection[str], factors: Mapping[str, float]) -> None:
    unknown = sorted(set(absent_as_zero) - set(factors))
    if unknown:
        raise CapshareError(
            Problem("absent_as_zero", "", f"among {', '.join(factors)}", ", ".join(unknown), "Drop them.")
        )


def _absent(fuels: pd.DataFrame, names: Collection[str]) -> pd.DataFrame:
    cells = [(code, year, name) for name in names for code, year in fuels.index[fuels[name].isna()]]
    return pd.DataFrame(cells, columns=["code", "year", "variable"])


def _incomplete(known: pd.DataFrame) -> pd.DataFrame:
    incomplete = known[known.isna().any(axis=1)]
    missing = [", ".join(known.columns[row]) for row in incomplete.isna().to_numpy()]
    return pd.DataFrame({"missing": missing}, index=incomplete.index)


def observation_notes(observed: ProvinceYears) -> tuple[Note, ...]:
    """Which province-years were dropped because a cell is missing, and how many cells count as zero.

    Parameters
    ----------
    observed : from :func:`province_years`
    """
    notes = []
    if len(observed.dropped):
        rows = [
            (code, int(year), missing)
            for code, year, missing in observed.dropped.reset_index().itertuples(index=False)
        ]
        notes.append(caution("dropped", count=len(rows), provinces=rows))
    if len(observed.zeroed):
        notes.append(detail("absent_cells", count=len(observed.zeroed)))
    return tuple(notes)
