"""Tables of facilities: how they are read, the shipped plants, and a generator of synthetic ones."""
