"""The format of a lake, written in every row of `commits`; what brings an older one to it is in migrations.py."""

FORMAT = 7


def too_new(found: int) -> str:
    """What to tell where a newer Groovelog wrote the lake."""
    return f"it is of format {found}, and this Groovelog knows formats up to {FORMAT}. Update Groovelog."


def old(found: int) -> str:
    """What to tell of a lake that an older Groovelog wrote."""
    return f"the lake is of format {found}; the next write brings it to {FORMAT}, and until then it is read as it is"
