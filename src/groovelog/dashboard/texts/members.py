"""What is said of signing in and out, of who looked, and of who belongs to a group."""

from collections.abc import Sequence

from groovelog.dashboard.looking import Looked
from groovelog.dashboard.texts.wording import Headline, counted, names_some

SIGN_IN_AT = "/signin"
SIGN_IN = "Sign in"
SIGNED_OUT = Headline("You are ", "signed out", ".")
SIGNED_OUT_LEAD = "This Groovelog is shared by a group, and shows nothing without a sign-in."
FORGOTTEN = Headline("There is ", "nothing of you", " here any more.")
FORGOTTEN_LEAD = (
    "The listener you signed in as was erased, with every play. The owner of the group can invite you anew."
)
ERASED = Headline("You are ", "forgotten", ".")
LOOKED = "Who looked"
LOOKED_SUB = "Whoever used what you share, once a day for each page or report. Nobody else sees this list"


def looked_title(looked: Sequence[Looked]) -> str:
    if not looked:
        return "Nobody has looked at what you share"
    return f"{counted(len(looked), 'member has', 'members have')} looked at what you share"


def what(looked: Looked) -> str:
    return names_some(looked.what)
