"""What somebody changed in the workbook of a run."""
