"""An embedder that remembers: texts are embedded before the write lock is taken, and found here inside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractor.embedding import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Remembering:
    """An :class:`~extractor.embedding.Embedder` over another one, with a memory of all it was ever asked."""

    def __init__(self, embedder: Embedder, most: int = 20_000) -> None:
        """``most`` texts are kept; then the memory begins anew."""
        self._embedder = embedder
        self._known: dict[str, NDArray[np.float32]] = {}
        self._most = most

    @property
    def name(self) -> str:
        return self._embedder.name

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    @property
    def max_tokens(self) -> int:
        return self._embedder.max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._embedder.count_tokens(texts)

    def learn(self, texts: Sequence[str]) -> None:
        """Embeds what is not known yet."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        if len(self._known) + len(missing) > self._most:
            self._known.clear()
            missing = list(dict.fromkeys(texts))
        if missing:
            self._known.update(zip(missing, self._embedder.embed(missing), strict=True))

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        self.learn(texts)
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.stack([self._known[text] for text in texts])
