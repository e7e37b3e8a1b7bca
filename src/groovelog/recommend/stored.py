"""Models on disk, without pickle: boosters in XGBoost's own binary JSON, the rest by skops, which runs no code when it reads.

HOME/models/LISTENER_ID/KIND/ holds `about.json`, with a checksum of every other file, the models, and texts for people. A
folder appears whole or not at all.
"""

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from groovelog.errors import ModelMissing, ModelRefused
from groovelog.lake.disk import disk_faults
from groovelog.lake.home import Home

if TYPE_CHECKING:
    from xgboost import Booster

FORMAT = 2  # of the files, the features and the scores: a model of another number is not read
ABOUT = "about.json"
# Kinds of models; and what the booster of a ranking is called.
PREFERENCE, RANKING = "preference", "ranking"
RANKER = "ranker"
AGAIN = "`groovelog train` makes it anew."
# The only types that skops may rebuild beside those it knows to be harmless; none of them runs code.
TRUSTED = frozenset({"sklearn.tree._tree.Tree", "numpy.dtype"})


@dataclass(frozen=True)
class About:
    """What a model is: `kind` preference or ranking, the lake's `run` that it was learnt from, when (ISO 8601, UTC), by
    which seed, from which features, and how it scored. `more` is what its kind has to know beside. All values are JSON's.
    """

    kind: str
    listener_id: str
    run: int
    seed: int
    made_at: str
    features: tuple[str, ...]
    scores: dict[str, Any]
    more: dict[str, Any] = field(default_factory=dict)


def folder(home: Home, listener_id: str, kind: str) -> Path:
    return home.models / listener_id / kind


def keep_card(home: Home, listener_id: str, name: str, text: str) -> None:
    """Write a text for people beside the listener's models. Raises LakeError where the disk does not let."""
    with disk_faults(home.root):
        (_own_folder(home, listener_id) / name).write_text(text, encoding="utf-8")


def save(
    home: Home,
    about: About,
    *,
    boosters: Mapping[str, "Booster"],
    estimators: Mapping[str, Any],
    texts: Mapping[str, str],
) -> Path:
    """Write the model, in place of the one that is there; returns its folder. Raises LakeError where the disk does not let."""
    import skops.io  # noqa: PLC0415 (scikit-learn takes a second, and only models need it)

    place = folder(home, about.listener_id, about.kind)
    fresh, old = (place.with_name(f"{place.name}.{word}-{os.getpid()}") for word in ("new", "old"))
    with disk_faults(home.root):
        _own_folder(home, about.listener_id)
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        try:
            for name, booster in boosters.items():
                booster.save_model(fresh / f"{name}.ubj")
            for name, estimator in estimators.items():
                skops.io.dump(estimator, fresh / f"{name}.skops", compression=zipfile.ZIP_DEFLATED)
            for name, text in texts.items():
                (fresh / name).write_text(text, encoding="utf-8")
            checksums = {path.name: _checksum(path) for path in sorted(fresh.iterdir())}
            told = {"format": FORMAT, **asdict(about), "files": checksums}
            (fresh / ABOUT).write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")
            if place.exists():
                place.rename(old)
            fresh.rename(place)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
            shutil.rmtree(old, ignore_errors=True)
    return place


def about(home: Home, listener_id: str, kind: str) -> About | None:
    """What the model is, None where there is none. Raises ModelRefused."""
    place = folder(home, listener_id, kind)
    return _read(place)[0] if place.is_dir() else None


def load(home: Home, listener_id: str, kind: str) -> tuple[About, dict[str, "Booster"], dict[str, Any]]:
    """The model, its boosters and its other parts by name.

    Raises ModelMissing; ModelRefused for one of another version, or whose files are not those that were written.
    """
    place = folder(home, listener_id, kind)
    if not place.is_dir():
        raise ModelMissing(f"No {kind} model is trained for this listener yet. `groovelog train` trains one.")
    told, checksums = _read(place)
    for name, checksum in checksums.items():
        path = place / name
        if not path.is_file() or _checksum(path) != checksum:
            raise ModelRefused(f"The {kind} model is damaged: {name} is not what was written. {AGAIN}", file=str(path))
    import skops.io  # noqa: PLC0415
    import xgboost  # noqa: PLC0415

    boosters = {}
    for path in sorted(place.glob("*.ubj")):
        boosters[path.stem] = xgboost.Booster(model_file=path)
    estimators = {}
    for path in sorted(place.glob("*.skops")):
        unknown = set(skops.io.get_untrusted_types(file=path)) - TRUSTED
        if unknown:
            raise ModelRefused(f"The {kind} model holds what it may not: {min(unknown)}. {AGAIN}", file=str(path))
        estimators[path.stem] = skops.io.load(path, trusted=sorted(TRUSTED))
    return told, boosters, estimators


def forget(home: Home, listener_id: str) -> None:
    """Take away all models learnt from the listener's plays."""
    with disk_faults(home.root):
        place = home.models / listener_id
        if place.exists():
            shutil.rmtree(place)


def _own_folder(home: Home, listener_id: str) -> Path:
    """The folder of all models of the listener, there on return. Like the one above it, it is its owner's alone."""
    home.make()
    place = home.models / listener_id
    for made in (home.models, place):
        made.mkdir(exist_ok=True, mode=0o700)
    return place


def _read(place: Path) -> tuple[About, dict[str, str]]:
    path = place / ABOUT
    try:
        told = dict(json.loads(path.read_text(encoding="utf-8")))
        written = told.pop("format")
        checksums = dict(told.pop("files"))
        if written != FORMAT:
            raise ModelRefused(
                f"The {place.name} model is of version {written}, and this Groovelog reads version {FORMAT}. {AGAIN}",
                file=str(path),
            )
        return About(**{**told, "features": tuple(told["features"])}), checksums
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelRefused(
            f"The {place.name} model is damaged: {ABOUT} cannot be read. {AGAIN}", file=str(path)
        ) from error


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
