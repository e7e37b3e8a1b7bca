"""What the routes of the lake answer: the objects of the commands, without the places, which are nobody's business."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from groovelog.api.shapes import NAME, RUN

Shares = Literal["nothing", "totals", "all"]


class BackupTold(BaseModel):
    """The object of `groovelog lake backup --json`, without the place."""

    id: str = Field(examples=["20260301T100000Z-5b1e0a77"])
    made_at: datetime
    run: str = Field(description="The lake's last run that is in it.", examples=[RUN])
    plays: int = Field(examples=[38_650])
    files: int = Field(examples=[120])
    bytes: int = Field(examples=[9_400_000])
    new_files: int = Field(description="Copied for it; the others were there.", examples=[4])
    new_bytes: int = Field(examples=[310_000])
    backups: int = Field(description="How many are there now.", examples=[8])
    deleted: list[str] = Field(description="The ids of those that went.")
    freed_bytes: int = Field(examples=[0])


class Stayed(BaseModel):
    """Rows that stayed at home, by reason."""

    private: int = Field(description="Of private sessions, and what told of the same plays.", examples=[3])
    web_api: int = Field(description="Told by the Web API.", examples=[40])
    erased: int = Field(description="Older than an erasure.", examples=[0])


class PushedOne(BaseModel):
    """What became of a listener."""

    name: str = Field(examples=[NAME])
    name_there: str = Field(description="How the group knows them.", examples=[NAME])
    shares: Shares = Field(examples=["all"])
    sent: int = Field(description="Rows of source_plays.", examples=[120])
    taken_out: int = Field(examples=[0])
    months: int = Field(description="Of who shares totals: new or changed.", examples=[0])
    stayed: Stayed
    withdrawn: bool = Field(description="They share nothing any more, and were taken out.", examples=[False])
    forgotten_at: datetime | None = Field(description="An erasure that keeps them out.", examples=[None])


class PushedTold(BaseModel):
    """The object of `groovelog lake push --json`, without the place."""

    listeners: list[PushedOne]
    erasures: int = Field(description="Those that the group did not know of.", examples=[0])


class PulledOne(BaseModel):
    """What was brought of a member."""

    name: str = Field(examples=[NAME])
    shares: Shares = Field(examples=["totals"])
    new: int = Field(description="Rows of source_plays.", examples=[0])
    taken_out: int = Field(examples=[0])
    months: int = Field(description="Of who shares totals: new or changed.", examples=[14])


class PulledTold(BaseModel):
    """The object of `groovelog lake pull --json`, without the place."""

    listeners: list[PulledOne]
    gone: list[str] = Field(description="Who shares nothing any more, and was taken out.")
    kept_out: int = Field(description="Members who were forgotten, and stay away.", examples=[0])
    erased_elsewhere: list[str] = Field(description="Listeners of this Groovelog who were forgotten in another.")
    erasures: int = Field(description="Those that were not known here.", examples=[0])
