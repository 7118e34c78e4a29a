"""The chain of a study: what is read, the numbers made of it, and the solved years."""
