"""Files of a real export that nobody has to read; their contents are plainly invented."""

import json

from groovelog.demo.habits import Person


def tiny_pdf(text: str) -> bytes:
    """One page with one line, put together by hand; the table of offsets at its end has to be exact."""
    stream = f"BT /F1 14 Tf 60 760 Td ({text}) Tj ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    entries = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, entries)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + table + trailer


def beside_extended(person: Person) -> dict[str, bytes]:
    return {
        "ReadMeFirst_ExtendedStreamingHistory.pdf": tiny_pdf(f"Invented by Groovelog. {person.name} does not exist.")
    }


def beside_account(person: Person) -> dict[str, bytes]:
    """The files about the person; Groovelog must leave every one of them alone."""
    username = f"invented-{person.name.lower()}"
    told = {
        "Userdata.json": {"username": username, "email": f"{username}@example.invalid", "country": person.country},
        "Identity.json": {"displayName": f"{person.name} (invented)", "firstName": "Nobody", "lastName": "Nowhere"},
        "Follow.json": {"userIsFollowing": ["invented-friend-1"], "userIsFollowedBy": [], "userIsBlocking": []},
        "Inferences.json": {"inferences": ["invented_interest_in_lighthouses"]},
        "Payments.json": {"payment_method": "Invented card ending 0000", "country": person.country},
        "SearchQueries.json": [
            {"platform": "INVENTED", "searchTime": "2020-01-01T00:00:00.000Z[UTC]", "searchQuery": "umbrella"}
        ],
    }
    return {name: json.dumps(content, indent=2).encode() for name, content in told.items()}
