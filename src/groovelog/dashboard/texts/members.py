"""What is said of signing in and out, of who looked, and of who belongs to a group."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from groovelog.dashboard.looking import Looked
from groovelog.dashboard.texts.wording import Headline, counted, day, names_some
from groovelog.state.members import Member

SIGN_IN_AT = "/signin"
SIGN_IN = "Sign in"
SIGNED_OUT = Headline("You are ", "signed out", ".")
SIGNED_OUT_LEAD = "This Groovelog is shared by a group, and shows nothing without a sign-in."
FORGOTTEN = Headline("There is ", "nothing of you", " here any more.")
FORGOTTEN_LEAD = (
    "The listener you signed in as was erased, with every play. The owner of the group can invite you anew."
)
ERASING = Headline("You are being ", "forgotten", ".")
ERASING_LEAD = (
    "Every play, file and sign-in of yours is being erased here, which takes some moments. You are signed out."
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


SIGN_OUT_AT = "/signout"
SIGNED_IN = "Signed in"
SIGN_OUT = "Sign out, here or everywhere"
SIGNED_IN_SUB = "A browser that was not seen for 30 days is signed out by itself"

NO_GROUP = Headline("This Groovelog is ", "yours alone", ".")
NO_GROUP_LEAD = "Nobody signs in, for nobody else gets here. With group = true in config.toml, friends can."
NOT_OWNER = Headline("Members are ", "the owner's", " to invite.")
HEAD_LEAD = "You decide who gets in. What each of them plays they alone see, you neither, unless they share it."
MEMBERS_TITLE = "Who is in"
MEMBERS_SUB = "Each signs in by a password of their own, or with Spotify"
INVITE_TITLE = "Invite a friend"
INVITE_SUB = "A link that lets one person in, once, within seven days"
INVITE_NAME = "Their name here: a listener, or a new one"
INVITE = "Make the link"
ONCE = "Send it to them alone: who has it gets in. It is shown this once; another for the same name takes its place."
DISMISS_TITLE = "Dismiss a member"
DISMISS_SUB = (
    "Signs them out everywhere and revokes their keys, at once. Their plays stay, until they or you have them forgotten"
)
DISMISS_WHOM = "Whom"
DISMISS = "Dismiss"
REALLY, KEEP = "Yes, dismiss", "Keep them"


def head(members: int) -> Headline:
    if members == 1:
        return Headline("You are the ", "first", " here.")
    return Headline("", f"{counted(members, 'member', 'members')}", ", and the door is yours.")


def joined(member: Member, zone: ZoneInfo) -> str:
    how = "with Spotify" if member.password_hash is None else "by password"
    return f"Since {day(member.joined_at.astimezone(zone).date())}, signs in {how}"


def role(role: str, *, own: bool) -> str:
    return f"{role}, you" if own else role


def invited(name: str) -> str:
    return f"{name} can join by this link:"


def waiting(names: Sequence[str]) -> str:
    return f"Invited, and not here yet: {names_some(names)}."


def dismissed(name: str) -> str:
    return f"{name} is dismissed, and signed out everywhere."


def signed_in(name: str, browsers: int) -> str:
    return f"You are {name}, in {counted(browsers, 'browser', 'browsers')}"
