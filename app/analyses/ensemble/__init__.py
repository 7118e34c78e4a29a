"""An ensemble: the split of a study drawn thousands of times, each input as uncertain as the study says."""
