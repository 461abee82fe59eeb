"""What each error of the Bot API means, as PTB raises it for what really comes over the wire."""

import asyncio
import inspect
from typing import Any

import pytest
import telegram.error
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    PassportDecryptionError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from delivery.faults import Fault, classify
from delivery.request import AiohttpRequest, NotSent
from tests.crash.processes import free_port
from tests.delivery.far import TOKEN, Far, serve

TABLE: list[tuple[TelegramError, Fault]] = [
    (RetryAfter(5), Fault.WAIT),
    (ChatMigrated(-100), Fault.MOVED),
    (Forbidden("Forbidden: bot was blocked by the user"), Fault.BLOCKED),
    (Forbidden("Forbidden: user is deactivated"), Fault.BLOCKED),
    (Forbidden("Forbidden (403). Parsing the server response b'<html>' failed"), Fault.RETRY),
    (NetworkError("Too Many Requests (429)"), Fault.RETRY),
    (NotSent("no connection"), Fault.RETRY),
    (InvalidToken("Unauthorized"), Fault.RETRY),
    (Conflict("terminated by other getUpdates request"), Fault.RETRY),
    (NetworkError("Bad Gateway"), Fault.RETRY),
    (NetworkError("Service Unavailable (503)"), Fault.RETRY),
    (NetworkError("Gateway Timeout (504)"), Fault.UNKNOWN),
    (NetworkError("Internal Server Error (500)"), Fault.UNKNOWN),
    (NetworkError("connection lost"), Fault.UNKNOWN),
    (TimedOut(), Fault.UNKNOWN),
    (BadRequest("Message is not modified: specified new message content"), Fault.HARMLESS),
    (BadRequest("Query is too old and response timeout expired or query id is invalid"), Fault.HARMLESS),
    (BadRequest("Message to edit not found"), Fault.FRESH),
    (BadRequest("Message can't be edited"), Fault.FRESH),
    (BadRequest("MESSAGE_ID_INVALID"), Fault.FRESH),
    (BadRequest("There is no text in the message to edit"), Fault.FRESH),
    (BadRequest("Chat not found"), Fault.BLOCKED),
    (BadRequest("PEER_ID_INVALID"), Fault.BLOCKED),
    (BadRequest("BUTTON_DATA_INVALID"), Fault.DEAD),
    (BadRequest("Can't parse entities"), Fault.DEAD),
    (EndPointNotFound("x"), Fault.DEAD),
    (PassportDecryptionError("x"), Fault.DEAD),
    (TelegramError("x"), Fault.DEAD),
]


@pytest.mark.parametrize(("error", "fault"), TABLE, ids=lambda value: str(value))
def test_every_error_has_its_meaning(error: TelegramError, fault: Fault) -> None:
    assert classify(error) is fault


def test_the_table_knows_every_class_of_telegram_error() -> None:
    classes = {
        kind for _, kind in inspect.getmembers(telegram.error, inspect.isclass) if issubclass(kind, TelegramError)
    }
    assert {type(error) for error, _ in TABLE} - {NotSent} == classes


def caught(fault: str, **options: Any) -> TelegramError:
    """The error PTB raises when the far end fails like that."""

    async def run() -> TelegramError:
        async with serve(Far(fault=lambda far, method, values: fault, **options)) as far:
            request = AiohttpRequest()
            bot = Bot(TOKEN, base_url=f"{far.url}/bot", request=request)
            try:
                await bot.send_message(1, "x", read_timeout=0.2)
            except TelegramError as error:
                return error
            finally:
                await request.shutdown()
        raise AssertionError("no error")

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ("429:3", Fault.WAIT),
        ("502", Fault.RETRY),
        ("hang", Fault.UNKNOWN),
        ("cut-before", Fault.UNKNOWN),
        ("cut-after", Fault.UNKNOWN),
        ("moved:-1005", Fault.MOVED),
        ("403:Forbidden: bot was blocked by the user", Fault.BLOCKED),
        ("401:Unauthorized", Fault.RETRY),
        ("404:Not Found", Fault.RETRY),
        ("500:Internal Server Error", Fault.UNKNOWN),
        ("400:Bad Request: message is not modified", Fault.HARMLESS),
        ("400:Bad Request: message text is empty", Fault.DEAD),
    ],
)
def test_what_comes_over_the_wire_is_understood(answer: str, fault: Fault) -> None:
    error = caught(answer)
    assert classify(error) is fault
    assert TOKEN not in f"{error!r} {error}"


def test_nobody_listening_means_not_sent() -> None:
    async def run() -> TelegramError:
        request = AiohttpRequest()
        try:
            await Bot(TOKEN, base_url=f"http://127.0.0.1:{free_port()}/bot", request=request).send_message(1, "x")
        except TelegramError as error:
            return error
        finally:
            await request.shutdown()
        raise AssertionError

    error = asyncio.run(run())
    assert isinstance(error, NotSent)
    assert TOKEN not in repr(error)


def test_a_proxy_that_refuses_means_not_sent() -> None:
    """CONNECT was answered 403: nothing went further."""

    async def run() -> TelegramError:
        async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n")
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(refuse, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        request = AiohttpRequest(proxy=f"http://127.0.0.1:{port}")
        try:
            await Bot(TOKEN, base_url="https://api.telegram.org/bot", request=request).send_message(1, "x")
        except TelegramError as error:
            return error
        finally:
            await request.shutdown()
            server.close()
        raise AssertionError

    assert isinstance(asyncio.run(run()), NotSent)
