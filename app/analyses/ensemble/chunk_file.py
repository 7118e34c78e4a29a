"""A chunk as a file: Parquet, one row per draw and province, and the draws without a solution beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from capshare.analyses.ensemble.chunk import Chunk
from capshare.analyses.ensemble.draws import Draw
from capshare.base.errors import CapshareError, Problem

# In the file's own metadata: draws without a solution and why, and what the file is of.
FAILED, DRAWS = b"failed", b"draws"
NUMBERS = ("quota_mt", "cut_pct", "target_pct", "balance_mt", "price_yuan_per_t")
TEXTS = ("group", "block")
_REMEDY = "Delete the file and go on with --resume, which draws it again."


@dataclass(frozen=True)
class ReadChunk:
    """A chunk as its file has it; every column is draws × provinces.

    Attributes
    ----------
    draws : with a solution
    columns : name → numbers; of texts the positions in ``names``
    names : name of a column of texts → the texts, each once
    failed : draws without a solution → why
    """

    draws: tuple[Draw, ...]
    columns: Mapping[str, NDArray[Any]]
    names: Mapping[str, tuple[str, ...]]
    failed: Mapping[Draw, str]


def chunk_bytes(chunk: Chunk) -> bytes:
    """The file of a chunk; the same chunk gives the same bytes.

    Parameters
    ----------
    chunk : of :func:`~capshare.analyses.ensemble.chunk.solve_chunk`
    """
    pa, pq = arrow()
    count = len(chunk.codes)
    each = [np.full(count, draw.number, dtype=np.int64) for draw in chunk.draws]
    swapped = [name for draw in chunk.draws for name in [draw.swapped] * count]
    columns: dict[str, Any] = {
        "draw": _joined(each).astype(np.int64),
        "swapped": pa.array(swapped, pa.string()).dictionary_encode(),
        "code": pa.array(list(chunk.codes) * len(chunk.draws), pa.string()).dictionary_encode(),
    }
    for name in NUMBERS:
        columns[name] = _joined([getattr(found, name) for found in chunk.figures]).astype(float)
    columns["potential_rank"] = _joined([found.potential_rank for found in chunk.figures]).astype(np.int16)
    for name in TEXTS:
        texts = [str(text) for found in chunk.figures for text in getattr(found, name)]
        columns[name] = pa.array(texts, pa.string()).dictionary_encode()
    said = {
        FAILED: json.dumps([[*draw, why] for draw, why in chunk.failed.items()]).encode(),
        DRAWS: json.dumps([list(draw) for draw in chunk.draws]).encode(),
    }
    stream = BytesIO()
    pq.write_table(pa.table(columns).replace_schema_metadata(said), stream, compression="zstd")
    return stream.getvalue()


def read_chunk(path: Path, columns: Sequence[str], provinces: int) -> ReadChunk:
    """Read some columns of a chunk.

    Parameters
    ----------
    path : of the file
    columns : which
    provinces : how many each draw has

    Raises
    ------
    CapshareError
        where the file is not that of a chunk.
    """
    pa, pq = arrow()
    try:
        table = pq.read_table(path, columns=list(columns)).unify_dictionaries()
        said = pq.read_schema(path).metadata
        draws = tuple(Draw(*draw) for draw in json.loads(said[DRAWS]))
        failed = {Draw(*draw): why for *draw, why in json.loads(said[FAILED])}
        read, names = dict[str, NDArray[Any]](), dict[str, tuple[str, ...]]()
        for name in columns:
            column = table[name].combine_chunks()
            if name in TEXTS:
                names[name], column = tuple(column.dictionary.to_pylist()), column.indices
            read[name] = column.to_numpy(zero_copy_only=False).reshape(len(draws), provinces)
    except (pa.ArrowException, OSError, KeyError, TypeError, ValueError) as error:
        raise CapshareError(
            Problem(str(path), "", "a chunk of draws, as the ensemble wrote it", str(error), _REMEDY)
        ) from error
    return ReadChunk(draws, read, names, failed)


def read_chunks(folder: Path, columns: Sequence[str], provinces: int) -> Iterator[ReadChunk]:
    """Read some columns of every chunk of a folder, one chunk in memory at a time.

    Parameters
    ----------
    folder : of the chunks
    columns : which
    provinces : how many each draw has
    """
    for path in sorted(folder.glob("*.parquet")):
        yield read_chunk(path, columns, provinces)


@cache
def arrow() -> tuple[Any, Any]:
    """The library that reads and writes Parquet.

    Returns
    -------
    modules ``pyarrow`` and ``pyarrow.parquet``

    Raises
    ------
    CapshareError
        where it is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise CapshareError(
            Problem("pyarrow", "", "the library that writes draws as Parquet", "none installed",
                    'Install it with: pip install "capshare[ensemble]".')
        ) from None  # fmt: skip
    return pa, pq


def _joined(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.empty(0)
