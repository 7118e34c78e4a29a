"""Which tables a run leaves behind as CSV files, in the order of the chain."""

from __future__ import annotations

from capshare.reports.folder.driver_tables import DRIVERS
from capshare.reports.folder.edits_tables import EDITS
from capshare.reports.folder.ensemble_tables import ENSEMBLE
from capshare.reports.folder.further_tables import FURTHER
from capshare.reports.folder.split_tables import SPLIT

TABLES = (*SPLIT, *FURTHER, *DRIVERS, *ENSEMBLE, *EDITS)
NAMED = {table.name: table for table in TABLES}
