"""The cases of the corpus: each made from its kind and number alone, so that it can be repeated."""

from dataclasses import dataclass
from pathlib import Path
from random import Random

import tomli_w

from corpus import facilities, mutations, plans, studies, study_rules, worlds
from corpus.draw import Draw

COUNT = {"studies": 400, "plans": 200, "files": 200, "facilities": 100}


@dataclass(frozen=True)
class Case:
    """Files of a case.

    Attributes
    ----------
    files : path → text or bytes; ``study.toml`` is the study
    written : whether the whole folder of a result is to be written, and not its workbook alone
    """

    files: dict
    written: bool = False

    def save(self, folder):
        """Write the files; gives the path of the study."""
        for name, content in self.files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return Path(folder, "study.toml")


def case(kind, number):
    """One case of the corpus."""
    random = Random(f"{kind} {number}")
    match kind:
        case "files":
            return Case(mutations.files(Draw(random)))
        case "facilities":
            plain = Draw(random)
            return Case(facilities.facilities(Draw(random, plain.pick(0.0, 0.0, 0.02))))
        case "studies":
            world = worlds.shipped() if number % 4 == 0 else None
            return study_case(random, world, written=number % 5 == 0)
        case "plans":
            world = worlds.shipped() if number % 8 == 0 else None
            return study_case(random, world, written=number % 5 == 0, make=plans.plan)
    raise ValueError(f"{kind} is none of {', '.join(COUNT)}")


def study_case(random, world=None, written=False, make=studies.study):
    """A study over a dataset, made up where none is given; `make` writes its content."""
    plain = Draw(random)
    draw = Draw(random, plain.pick(0.0, 0.0, 0.0, 0.01, 0.05), plain.pick(0.0, 0.0, 0.0, 0.05))
    world = world or worlds.made_up(draw)
    content = make(draw, world)
    years = content["study"].get("years", [studies.BASE])
    if draw.slip():
        studies.spoil(draw, content)
    files = {study_rules.REFERENCE: study_rules.reference(world, years)}
    return Case({**world.files, **files, "study.toml": tomli_w.dumps(content)}, written)
