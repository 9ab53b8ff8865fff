from collections.abc import Iterator, Sequence


def batches(items: Sequence, size: int) -> Iterator[Sequence]:
    """The items in their order, at most so many at once: one question for each batch."""
    return (items[start : start + size] for start in range(0, len(items), size))
