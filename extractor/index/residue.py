"""What chromadb writes to disk without meaning to.

A new vector file is made with room for a hundred rows, and chromadb (1.5.9) writes that room as it finds it in memory:
whatever the process held there before, erased text included. So the part that holds no rows is overwritten with zeros.
"""

from __future__ import annotations

import struct
from pathlib import Path

HEADER_FILE = "header.bin"
ROWS_FILE = "data_level0.bin"
LENGTHS_FILE = "length.bin"
LENGTH_BYTES = 4
_HEADER = struct.Struct("<iQQQQ")
"""Version, offset of the lowest level, rows there is room for, rows, bytes a row: as hnswlib writes them."""
_VERSION = 1


def overwrite(store: Path) -> None:
    """Overwrite what is no row in the vector files of a store that is closed; of another version, they are left."""
    for header in store.glob(f"*/{HEADER_FILE}"):
        content = header.read_bytes()[: _HEADER.size]
        if len(content) < _HEADER.size:
            continue
        version, _, _, rows, row_bytes = _HEADER.unpack(content)
        if version == _VERSION:
            _zero_from(header.with_name(ROWS_FILE), rows * row_bytes)
            _zero_from(header.with_name(LENGTHS_FILE), rows * LENGTH_BYTES)


def _zero_from(path: Path, start: int) -> None:
    rest = path.stat().st_size - start
    if rest > 0:
        with path.open("r+b") as file:
            file.seek(start)
            file.write(bytes(rest))
