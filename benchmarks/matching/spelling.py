"""Other scripts in Latin letters, letter by letter, by the official tables: Hangul, kana, Cyrillic, Greek."""

import unicodedata

# ruff: noqa: SIM905 - rows of syllables read better than lists of quoted ones
_INITIALS = "g kk n d tt r m b pp s ss - j jj ch k t p h".replace("-", "").split(" ")
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_FINALS = "- k k k n n n t l k m l l l p l m p p t t ng t t k t p t".replace("-", "").split(" ")
_FIRST, _LAST = 0xAC00, 0xD7A3

_KANA = dict(
    zip(
        "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん"
        "がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽゔ",
        (
            "a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no ha hi fu he ho ma mi mu me mo "
            "ya yu yo ra ri ru re ro wa o n ga gi gu ge go za ji zu ze zo da ji zu de do ba bi bu be bo pa pi pu pe po vu"
        ).split(),
        strict=True,
    )
)
_SMALL = {"ゃ": "ya", "ゅ": "yu", "ょ": "yo", "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o"}
_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ",
        "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya i yi ye g".replace("-", "").split(
            " "
        ),
        strict=True,
    )
)
_GREEK = dict(
    zip("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(), strict=True)
)


def letter_by_letter(text: str) -> str:
    """A text with every letter of these scripts romanised by itself; anything else stays.

    >>> letter_by_letter("사랑"), letter_by_letter("さくら"), letter_by_letter("группа крови")
    ('Sarang', 'Sakura', 'Gruppa Krovi')
    """
    return " ".join(_word(word) for word in text.split(" "))


def other_scheme(text: str) -> str:
    """Romanised as older books have it: McCune–Reischauer without its breves, Kunrei, kana by kana, ISO 9 without its hooks.

    >>> other_scheme("고백"), other_scheme("きっと"), other_scheme("Щит")
    ('Kopaek', 'Kitsuto', 'Sit')
    """
    return " ".join(_by_scheme(word) for word in text.split(" "))


def _by_scheme(word: str) -> str:
    latin = "".join(map(_scheme_letter, word))
    return latin[:1].upper() + latin[1:] if latin != word else word


def _scheme_letter(sign: str) -> str:
    kana = chr(ord(sign) - 0x60) if "ァ" <= sign <= "ヶ" else sign
    if _FIRST <= ord(sign) <= _LAST:
        at = ord(sign) - _FIRST
        vowel = {"eo": "o", "yeo": "yo", "eu": "u", "wo": "wo"}.get(_VOWELS[at % 588 // 28], _VOWELS[at % 588 // 28])
        return _MC_CUNE[at // 588].strip() + vowel + _FINALS[at % 28].strip()
    if kana in _KUNREI:
        return _KUNREI[kana]
    return _ISO_9.get(sign, _ISO_9.get(sign.lower(), "").capitalize()) or _latin(sign, [])


_MC_CUNE = "k kk n t tt r m p pp s ss - ch tch ch k t p h".replace("-", " ").split(" ")
_KUNREI = {
    **_KANA, "し": "si", "ち": "ti", "つ": "tu", "ふ": "hu", "じ": "zi", "ぢ": "zi", "っ": "tsu", "ー": "", "ゃ": "ya",
    "ゅ": "yu", "ょ": "yo",
}  # fmt: skip
_ISO_9 = dict(zip("жчшщйюяхцё", "z c s s j u a h c e".split(), strict=True))


def _word(word: str) -> str:
    told: list[str] = []
    double = False
    for sign in word:
        kana = chr(ord(sign) - 0x60) if "ァ" <= sign <= "ヶ" else sign
        if sign == "ー" and told:
            continue
        if kana == "っ":
            double = True
            continue
        latin = _latin(kana, told)
        told.append(latin[:1] + latin if double and latin != sign else latin)
        double = False
    latin = "".join(told)
    return latin[:1].upper() + latin[1:] if latin != word else word


def _latin(sign: str, told: list[str]) -> str:
    if _FIRST <= ord(sign) <= _LAST:
        at = ord(sign) - _FIRST
        return _INITIALS[at // 588] + _VOWELS[at % 588 // 28] + _FINALS[at % 28].strip()
    if sign in _SMALL:
        if told and told[-1].endswith("i"):
            before = told.pop()[:-1]
            return before + (_SMALL[sign][1:] if before in ("sh", "ch", "j") and sign in "ゃゅょ" else _SMALL[sign])
        return _SMALL[sign]
    if sign in _KANA:
        return _KANA[sign]
    bare = unicodedata.normalize("NFD", sign.lower())[0] if sign.lower() not in _CYRILLIC else sign.lower()
    latin = _CYRILLIC.get(bare, _GREEK.get(bare, sign))
    return latin.capitalize() if sign != sign.lower() and latin != sign else latin
