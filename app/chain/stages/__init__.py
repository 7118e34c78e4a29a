"""The stages of a study's chain, one file each; each takes numbers and calls one formula of the model."""
