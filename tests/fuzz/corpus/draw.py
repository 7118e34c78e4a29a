"""Choices drawn from a source of random numbers, now and then an extreme one."""

import math
from dataclasses import dataclass
from random import Random

EXTREMES = (0.0, 1e-300, 1e-12, 1e-9, 1e-6, 1e-3, 1e6, 1e9, 1e12, 1e300)


@dataclass(frozen=True)
class Draw:
    """Draws of one case.

    Attributes
    ----------
    random : Python's own, or Hypothesis's, which makes a failing case small
    wild : chance that a number is an extreme one
    careless : chance of what a check of the study refuses
    """

    random: Random
    wild: float = 0.0
    careless: float = 0.0

    def chance(self, share):
        return self.random.random() < share

    def slip(self):
        """Whether to do something that is refused."""
        return self.chance(self.careless)

    def pick(self, *values):
        return values[self.random.randrange(len(values))]

    def number(self, low, high, least=0.0, most=math.inf):
        """A number as people write it, no more than four decimals; or an extreme one from least to most."""
        if self.chance(self.wild):
            return self.pick(*(value for value in (*EXTREMES, least) if least <= value <= most))
        return round(self.random.uniform(low, high), 4)

    def unbounded(self, low, high):
        """A limit that may be none."""
        return math.inf if self.chance(0.2) else self.number(low, high)

    def whole(self, low, high):
        return self.random.randint(low, high)

    def some(self, values, least=1):
        """Some of the values, each once, in any order."""
        values = list(values)
        return self.random.sample(values, self.random.randint(min(least, len(values)), len(values)))
