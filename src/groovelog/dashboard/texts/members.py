"""What is said of signing in and out, of who looked, and of who belongs to a group."""

from groovelog.dashboard.texts.wording import Headline

SIGN_IN_AT = "/signin"
SIGN_IN = "Sign in"
SIGNED_OUT = Headline("You are ", "signed out", ".")
SIGNED_OUT_LEAD = "This Groovelog is shared by a group, and shows nothing without a sign-in."
FORGOTTEN = Headline("There is ", "nothing of you", " here any more.")
FORGOTTEN_LEAD = (
    "The listener you signed in as was erased, with every play. The owner of the group can invite you anew."
)
ERASED = Headline("You are ", "forgotten", ".")
