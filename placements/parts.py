"""Many keys, a part at a time."""

from collections.abc import Iterator

#: Keys in one ``IN (…)``: well below SQLite's limit on variables.
SIZE = 4000


def in_parts(keys: list[int]) -> Iterator[list[int]]:
    """Yield the keys in parts that fit in one query."""
    for start in range(0, len(keys), SIZE):
        yield keys[start : start + SIZE]
