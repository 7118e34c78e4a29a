"""An engine that is held compiles each shape once, and forgets those that nobody asks for any more."""

from types import SimpleNamespace

from capshare.model.allocation import engine
from capshare.model.allocation.engine import Engine


def test_shapes_are_compiled_once_and_the_oldest_forgotten(monkeypatch):
    compiled = []
    monkeypatch.setattr(engine, "programme_of", lambda data: compiled.append(data.shape) or object())
    monkeypatch.setattr(engine, "MOST_SHAPES", 2)
    held, shapes = Engine(), [SimpleNamespace(shape=shape) for shape in "abc"]
    a, b, c = shapes
    first = held.programme(a)
    held.programme(b)
    assert held.programme(a) is first
    held.programme(c)
    # b was asked for longest ago.
    assert held.programme(a) is first
    held.programme(b)
    assert compiled == ["a", "b", "c", "b"]
