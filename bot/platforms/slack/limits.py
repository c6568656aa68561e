"""Slack's numbers, each checked before anything is sent; where one is undocumented, how it is known.

https://docs.slack.dev/reference/block-kit/blocks and https://docs.slack.dev/apis/web-api/rate-limits
"""

from __future__ import annotations

from datetime import timedelta

# --- messages and views -----------------------------------------------------------------------------------------------

BLOCKS = 50
VIEW_BLOCKS = 100
HEADER = 150
CONTEXT = 2000  # of the 3,000 that a section takes; one text element of a context block
ACTIONS = 25
BUTTON = 75
VALUE = 2000
URL = 3000
OPTIONS = 100
OPTION = 75
OPTION_VALUE = 150
PLACEHOLDER = 150
TABLE_ROWS = 100
TABLE_COLUMNS = 20
TABLES = 1
TITLE = 24
METADATA = 3000
#: Longer ones are posted, but notifications show far less and Slack advises against more than 4,000.
TEXT = 3000
#: Slack answers ``msg_blocks_too_long`` near 13,200 characters of JSON. The limit is not documented and counts what we
#: cannot see (block ids that Slack adds), hence the distance.
JSON = 12_000
#: A view may be far larger; a modal that nobody can read to its end helps no one.
VIEW_JSON = 60_000

# --- time -------------------------------------------------------------------------------------------------------------

#: The whole of one request, and the part of it that makes the connection. A connection that was never made is known
#: not to have carried a message, so it must fail on its own, well before the whole. Waiting for one's turn and the
#: request together stay below the ledger's send timeout of 20 s.
REQUEST_SECONDS = 11.0
CONNECT_SECONDS = 5.0
#: A message that was taken may still appear after our request has given up on it.
SETTLE = timedelta(seconds=60)
RESPONSE_URL_USES = 5
RESPONSE_URL_LIFE = timedelta(minutes=30)
#: Requests are signed with a time; older ones are refused by their age, so remembering longer is pointless.
SIGNATURE_AGE = timedelta(minutes=5)
#: Slack repeats an event it believes lost at once, after one minute and after five.
REDELIVERY = timedelta(minutes=15)

# --- rates ------------------------------------------------------------------------------------------------------------

#: "One message per second per channel"; a little slower, since arrivals jitter.
CHANNEL_SECONDS = 1.05
#: "Several hundred messages per minute" for a workspace: 300 with what comes at once, and a part of their own for
#: answers, which a rush of briefings must not keep waiting.
BRIEFINGS_A_SECOND = 4.8
ANSWERS_A_SECOND = 1
#: chat.update is in tier 3: 50 a minute.
EDITS_A_MINUTE = 45
#: chat.postEphemeral is in tier 4: 100 a minute.
WHISPERS_A_MINUTE = 90
#: Waiting longer than this for one's turn is better done by the ledger, which can hold more than memory.
PATIENCE_SECONDS = 7.0
#: Where Slack says to wait but not how long.
RETRY_DEFAULT = timedelta(seconds=30)
RETRY_LONGEST = timedelta(days=30)
