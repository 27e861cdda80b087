"""What language a conversation is in, as far as that matters: the model was made for English."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

ENOUGH = 200  # characters below which no language is named
SAMPLE = 6000  # characters, from three places, that are looked at
SURE = 0.95  # probability from which another language is named
PLAINLY_ENGLISH = 0.2  # share of words on the list below; spares loading the identifier, which takes a second
ENGLISH_WORDS = frozenset(
    "the and that this is was are you we they it of to have for with but not what so just there like would think"
    " know".split()
)

NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "ga": "Irish", "gl": "Galician", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian",
    "lv": "Latvian", "ms": "Malay", "nb": "Norwegian", "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian",
    "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "ta": "Tamil", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian",
    "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def language_of(text: str) -> str | None:
    """ISO 639-1 code of a language that is clearly not English, None for English, too little text, or doubt."""
    if len(text.strip()) < ENOUGH:
        return None
    if len(text) > SAMPLE:
        third, middle = SAMPLE // 3, len(text) // 2
        text = " ".join((text[:third], text[middle : middle + third], text[-third:]))
    words = re.findall(r"[^\W\d_]+", text.lower())
    if words and sum(word in ENGLISH_WORDS for word in words) / len(words) >= PLAINLY_ENGLISH:
        return None
    code, probability = _identifier().classify(text)
    return None if code == "en" or probability < SURE else str(code)


def warning_for(code: str) -> str:
    """What a person is told about a conversation in another language."""
    name = f"{NAMES[code]} ({code})" if code in NAMES else f"a language with the code {code}"
    return f"This conversation seems to be in {name}; the local engine was made for English and may miss most of it."


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
