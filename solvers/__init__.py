"""Solvers: a labelled linear programme, its compilation from Pyomo, and the engines that solve it."""
