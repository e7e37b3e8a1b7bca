"""Where files stand in the zips of an export, written as receipts write it: ZIP/FOLDER/FILE."""

from groovelog.demo.habits import Packing

EXTENDED_ZIP = "my_spotify_data.zip"
ACCOUNT_ZIP = "my_spotify_data (1).zip"  # what a browser makes of the second download
OUTER_ZIP = "everything_from_spotify.zip"
EXTENDED_FOLDER = "Spotify Extended Streaming History"
ACCOUNT_FOLDER = "Spotify Account Data"
OLD_FOLDER = "MyData"


def extended_place(packing: Packing) -> str:
    return place(packing, EXTENDED_ZIP, EXTENDED_FOLDER)


def account_place(packing: Packing) -> str:
    return place(packing, ACCOUNT_ZIP, ACCOUNT_FOLDER)


def place(packing: Packing, archive: str, folder: str) -> str:
    outer = f"{OUTER_ZIP}/" if packing.nested else ""
    return f"{outer}{archive}/{OLD_FOLDER if packing.old_names else folder}"
