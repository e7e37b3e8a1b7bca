"""API keys of the viewer's own: list, make, revoke."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.responses import Response

from groovelog.api.asking import Given, Reader, Writer, seen, whose
from groovelog.api.shapes import Id, KeyMade, Keys, KeyWanted
from groovelog.errors import NotFoundError
from groovelog.model import Listener
from groovelog.state import api_keys
from groovelog.state.api_keys import ApiKey

router = APIRouter(tags=["keys"])


@router.get("/keys", response_model=Keys)
def list_keys(viewer: Reader, of: Given) -> dict[str, Any]:
    """Your keys, the revoked too; no key is told again."""
    with of.lake() as snapshot:
        names = _names(seen(viewer, snapshot.listeners(), None))
    found = api_keys.all_of(of.state, viewer.listener_id)
    return {"keys": [_told(key, names) for key in found if key.listener_id in names]}


@router.post("/keys", status_code=201, response_model=KeyMade)
def create_key(viewer: Writer, of: Given, wanted: KeyWanted) -> dict[str, Any]:
    """A new key, told this once."""
    with of.lake() as snapshot:
        person = whose(viewer, snapshot.listeners(), wanted.listener)
    key, made = api_keys.create(of.state, person.listener_id, wanted.scope, of.clock())
    return {**_told(made, _names([person])), "key": key}


@router.delete("/keys/{key_id}", status_code=204)
def revoke_key(viewer: Writer, of: Given, key_id: Annotated[Id, Path(examples=["5f0c9a1e"])]) -> Response:
    """End a key, for good."""
    if all(key.key_id != key_id for key in api_keys.all_of(of.state, viewer.listener_id)):
        raise NotFoundError(f"There is no key {key_id} of yours. /api/v1/keys lists them.")
    api_keys.revoke(of.state, key_id, of.clock())
    return Response(status_code=204)


def _names(people: list[Listener]) -> dict[str, str]:
    return {person.listener_id: person.name for person in people}


def _told(key: ApiKey, names: dict[str, str]) -> dict[str, Any]:
    told = asdict(key)
    return {**told, "id": told.pop("key_id"), "listener": names[told.pop("listener_id")]}
