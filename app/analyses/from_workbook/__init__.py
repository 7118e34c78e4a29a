"""A run made from an edited workbook of an earlier run."""
