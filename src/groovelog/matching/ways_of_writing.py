"""Words that writers spell in several ways, none of them a slip: "Livin'" and "Living", "2 U" and "to You", "St." and "Saint"."""

_NUMBERS = {
    "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
    "hundred": "100", "thousand": "1000",
}  # fmt: skip
_TITLE_WORDS = _NUMBERS | {
    "2": "to", "4": "for", "u": "you", "r": "are", "ur": "your", "b": "be", "luv": "love", "thru": "through", "nite": "night",
    "tonite": "tonight", "lite": "light", "lites": "lights",
    "cuz": "because", "coz": "because", "cos": "because", "cause": "because",
    "til": "until", "till": "until", "da": "the", "tha": "the", "dat": "that", "dem": "them", "em": "them", "wit": "with",
    "ya": "you", "ol": "old", "lil": "little", "boyz": "boys", "girlz": "girls", "alright": "all right", "okay": "ok",
    "wanna": "want to", "gonna": "going to", "gotta": "got to", "gimme": "give me", "lemme": "let me", "dont": "do not",
    "cant": "can not", "cannot": "can not", "aint": "am not", "im": "i am", "ill": "i will", "youre": "you are",
    "whats": "what is", "its": "it is", "grey": "gray", "colour": "color", "colours": "colors",
    "theatre": "theater", "honour": "honor", "mum": "mom",
    "favourite": "favorite", "neighbour": "neighbor", "centre": "center",
}  # fmt: skip
_NAME_WORDS = _NUMBERS | {
    "saint": "st", "sainte": "ste", "mister": "mr", "doctor": "dr", "little": "lil", "brothers": "bros", "brother": "bro",
    "professor": "prof", "junior": "jr", "senior": "sr", "mount": "mt", "captain": "capt", "sergeant": "sgt",
    "orchester": "orchestra", "orquesta": "orchestra", "orchestre": "orchestra", "philharmonic": "philharmoniker",
}  # fmt: skip


def title_as_spoken(folded: str) -> str:
    """A folded title with each word in one way of writing, without spaces.

    >>> title_as_spoken("livin 4 u") == title_as_spoken("living for you")
    True
    """
    return "".join(
        _TITLE_WORDS.get(word, word + "g" if word.endswith("in") and len(word) > 4 else word) for word in folded.split()
    )


def name_as_spoken(folded: str) -> str:
    """
    >>> name_as_spoken("saint somebody jr") == name_as_spoken("st somebody junior")
    True
    """
    return "".join(_NAME_WORDS.get(word, word) for word in folded.split())
