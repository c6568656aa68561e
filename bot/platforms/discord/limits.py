"""Discord's numbers, each as its documentation gives it; the library checks only some of them.

Lengths of text are counted in UTF-16 units (:func:`width`), the larger of the two counts in use, so that a text within
a limit here is within it however Discord counts.
"""

from __future__ import annotations

from datetime import timedelta

# --- messages: https://discord.com/developers/docs/components/reference -----------------------------------------------

COMPONENTS = 40  #: in one message, counting nested ones
TEXT = 4000  #: characters over all text displays of a message
BUTTONS_A_ROW = 5
BUTTON_LABEL = 80
BUTTON_URL = 512
CUSTOM_ID = 100
SELECT_OPTIONS = 25
SELECT_LABEL = 100
SELECT_HINT = 100
SELECT_VALUE = 100
SELECT_PROMPT = 150

IS_COMPONENTS_V2 = 1 << 15
SUPPRESS_EMBEDS = 1 << 2
EPHEMERAL = 1 << 6
CROSSPOSTED = 1 << 0

# --- threads and forums -----------------------------------------------------------------------------------------------

THREAD_NAME = 100
FORUM_TAGS = 5
KEEP_THREADS_OPEN = 10_080  #: minutes without a message until a thread is archived: a week, the longest there is

# --- commands: https://discord.com/developers/docs/interactions/application-commands ----------------------------------

COMMANDS = 100
COMMAND_NAME = 32
DESCRIPTION = 100
OPTIONS = 25
SUGGESTIONS = 25
SUGGESTION = 100

# --- time -------------------------------------------------------------------------------------------------------------

NONCE = 25
#: An interaction not answered by then is dead for ever.
FIRST_ANSWER = timedelta(seconds=3)
#: An interaction's token can be used until then; a minute is left for the journey.
TOKEN_LIFE = timedelta(minutes=14)
#: "The past few minutes" in which a nonce is remembered, taken at its least.
NONCE_MEMORY = timedelta(minutes=2)
#: A request that was cut off has either arrived by then or never will.
SETTLED = timedelta(seconds=30)
#: Requests a second for the whole bot, interactions apart. A few are left for what else the bot asks.
REQUESTS_A_SECOND = 50
SENDS_A_SECOND = 45
IDENTIFIES_A_DAY = 1000


def width(text: str) -> int:
    """The length of ``text`` in UTF-16 units: at least as many as Discord counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
