"""What an error of the Bot API means for a message: one place that classifies (reliability facts 36 and 65).

`BadRequest` and `TimedOut` are subclasses of `NetworkError` in PTB, so never catch that one alone.
"""

from enum import Enum

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from delivery.request import NotSent


class Fault(Enum):
    """What to do."""

    WAIT = "wait"  # 429: not before the time the server names
    RETRY = "retry"  # cannot have arrived: again until it does
    UNKNOWN = "unknown"  # may have arrived: once more, later
    HARMLESS = "harmless"  # as good as done
    FRESH = "fresh"  # the message to edit is gone: send a new one
    MOVED = "moved"  # the chat has a new id
    BLOCKED = "blocked"  # this person cannot be reached
    DEAD = "dead"  # never will work


HARMLESS = ("message is not modified", "query is too old", "query id is invalid")
GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "no text in the message to edit",  # the card is a document now
)
ABSENT = ("chat not found", "user not found", "peer_id_invalid")
UPSTREAM = ("bad gateway", "(502)", "(503)", "(429)")  # said by a server in front: nobody behind it has seen the call
FOREIGN = "parsing the server response"  # PTB's words for an answer that is not the Bot API's, say a filter's page


def classify(error: TelegramError) -> Fault:
    """The fault behind `error`."""
    match error:
        case RetryAfter():
            return Fault.WAIT
        case ChatMigrated():
            return Fault.MOVED
        case Forbidden():
            return Fault.RETRY if FOREIGN in str(error).lower() else Fault.BLOCKED
        case BadRequest():
            return _bad_request(str(error).lower())
        case NotSent() | InvalidToken() | Conflict():  # a token refused for a while is not the message's fault
            return Fault.RETRY
        case NetworkError() if any(known in str(error).lower() for known in UPSTREAM):
            return Fault.RETRY
        case NetworkError():  # TimedOut among them
            return Fault.UNKNOWN
        case _:
            return Fault.DEAD


def _bad_request(words: str) -> Fault:
    if any(known in words for known in HARMLESS):
        return Fault.HARMLESS
    if any(known in words for known in GONE):
        return Fault.FRESH
    if any(known in words for known in ABSENT):
        return Fault.BLOCKED
    return Fault.DEAD
