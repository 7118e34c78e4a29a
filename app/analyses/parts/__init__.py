"""The parts of an outcome, each made of a study's chain and its solved years."""
