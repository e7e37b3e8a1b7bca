"""Spotify's words for why a play began or ended, in plain ones. Free of Ibis.

Spotify's read-me of the extended streaming history lists the columns and explains no value but trackdone; the others are read
as their names, and the apps, suggest. A word that is not here has no meaning in plain words.
"""

REASONS = {
    "appload": "the app was opened",
    "autoplay": "Spotify went on by itself",
    "backbtn": "the button for the previous track",
    "clickrow": "a track was chosen from a list",
    "clickside": "something was chosen from the sidebar",
    "endplay": "playback was stopped",
    "fwdbtn": "the button for the next track",
    "logout": "the app was closed or signed out",
    "persisted": "playback was taken up where it was left",
    "playbtn": "the play button",
    "popup": "a window that popped up",
    "reconnect": "the connection came back",
    "remote": "another device gave the command",
    "switched-to-audio": "the video was changed for sound",
    "switched-to-video": "the sound was changed for video",
    "trackdone": "the track had run to its end",
    "trackerror": "the track could not be played",
    "unexpected-exit": "the app broke off",
    "unexpected-exit-while-paused": "the app broke off while paused",
    "unknown": "Spotify did not know",
    "uriopen": "a link was opened",
}
