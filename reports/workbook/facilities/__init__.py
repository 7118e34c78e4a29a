"""The workbook of a table of facilities: figures as live formulas of what the table and the rules state."""
