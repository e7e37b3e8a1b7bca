"""What speaks against two titles telling one version: which concert, whose remix, what film."""

from rapidfuzz.distance import OSA

ALIKE_DETAIL = 0.85
_FILM = "soundtrack:"


def other_film(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the tags of both tell the film, and not the same: "Main Theme" of one composer is many."""
    films, others = ({tag.removeprefix(_FILM) for tag in tags if tag.startswith(_FILM)} for tags in (one, other))
    alike = any(_alike(film, known) or known.startswith(film) for film in films for known in others)
    return bool(films and others) and not alike


def version_penalties(one: frozenset[str], other: frozenset[str]) -> tuple[str, ...] | str:
    """The penalties of a query's versions against a row's, or why they are two."""
    if one == other:
        return ()
    kinds, other_kinds = {tag.partition(":")[0] for tag in one}, {tag.partition(":")[0] for tag in other}
    if kinds != other_kinds:
        return "other version"
    for kind in kinds:
        told, known = _detail(one, kind), _detail(other, kind)
        if told and known and not _alike(told, known):
            return "other version"
    return ("version told less",)


def _detail(tags: frozenset[str], kind: str) -> str:
    return " ".join(sorted(tag.partition(":")[2] for tag in tags if tag.partition(":")[0] == kind)).strip()


def _alike(one: str, other: str) -> bool:
    left, right = set(one.split()), set(other.split())
    return left <= right or right <= left or OSA.normalized_similarity(one, other) > ALIKE_DETAIL
