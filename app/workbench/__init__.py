"""The workbench: a small server on this machine that solves a study anew for every setting turned."""
