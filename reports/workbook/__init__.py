"""The workbook of a run: every number that is simple arithmetic is a live formula on the inputs."""
