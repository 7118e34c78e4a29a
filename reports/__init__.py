"""Reports: the folder a run leaves behind, its workbook and its summary."""
