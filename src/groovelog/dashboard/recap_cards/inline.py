"""A card as the address of an `<img>`: such a picture cannot use the fonts of its page, so it brings them."""

import base64
from functools import cache

from groovelog.dashboard import prints
from groovelog.dashboard.recap_cards.fonts import FILES


def source(svg: str) -> str:
    head, tag, rest = svg.partition(">")
    return prints.data_uri(f"{head}{tag}<style>{_faces()}</style>{rest}")


@cache
def _faces() -> str:
    faces = []
    for family, path in FILES.items():
        font = base64.b64encode(path.with_suffix(".woff2").read_bytes()).decode()
        faces.append(f"@font-face{{font-family:'{family}';src:url(data:font/woff2;base64,{font})}}")
    return "".join(faces)
