"""A song as the optimisation sees it: what is known of its sound, and of its plays."""

from dataclasses import dataclass
from datetime import date

from groovelog.recommend.playlists import camelot

# From where on a track is called acoustic: Spotify's acousticness is the confidence that it is.
ACOUSTIC = 0.5


@dataclass(frozen=True)
class Song:
    """Energy, valence, acousticness and danceability from 0 to 1, tempo in BPM; None where no reference tells it.

    `recording` is equal for single and album version. `plays` are the listener's counted plays of it. `reference` names the
    dataset of one that was never played.
    """

    name: str
    artist: str
    uri: str | None = None
    recording: str | None = None
    energy: float | None = None
    valence: float | None = None
    acousticness: float | None = None
    danceability: float | None = None
    tempo: float | None = None
    key: int | None = None
    mode: int | None = None
    plays: int = 0
    last_played: date | None = None
    reference: str | None = None

    @property
    def is_known(self) -> bool:
        """Whether it can be put somewhere by its sound."""
        return self.energy is not None

    @property
    def camelot(self) -> str | None:
        return camelot.name(self.key, self.mode)

    @property
    def is_acoustic(self) -> bool | None:
        return None if self.acousticness is None else self.acousticness >= ACOUSTIC

    def __str__(self) -> str:
        name = self.name or "Unnamed"
        return f"{name} by {self.artist}" if self.artist else name
