"""帮扶订单 on the command line: demo, run, gateway, invite, import, read, rank, assign, migrate: `python bot.py --help`.

Here everything is put together and nothing is decided: settings, store, clock, PTB application, runtime.
"""

import argparse
import asyncio
import errno
import json
import logging
import secrets
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from delivery.redact import set_up_logging
from locales import words
from settings import Settings, load_settings

log = logging.getLogger("bangfu")

W = words("zh-CN")  # the command line speaks the operators' language


class Stop(Exception):
    """The command cannot go on; the message says what to do."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the process's exit code."""
    options = _parser().parse_args(arguments)
    set_up_logging()
    try:
        options.command(options)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 2
    except ValidationError as error:
        for fault in error.errors():
            print(W.say("cli-bad-setting", name=str(fault["loc"][0]).upper(), why=fault["msg"]), file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        print(W.say("cli-port-taken"), file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bot.py", description=W.say("cli-description"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Any) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=W.say(f"cli-{name}-help"), description=W.say(f"cli-{name}-help"))
        made.set_defaults(command=command)
        return made

    demo = add("demo", run_demo)
    demo.add_argument("--port", type=int, default=8010)
    demo.add_argument("--data", type=Path, default=Path("data"))
    run = add("run", run_bot)
    run.add_argument("--clock", type=Path, metavar="FILE", help=W.say("cli-clock-help"))
    gateway = add("gateway", run_gateway)
    gateway.add_argument("--port", type=int, default=8011)
    gateway.add_argument("--strict-limits", action="store_true")
    invite = add("invite", make_invite)
    invite.add_argument("role", choices=["school", "teacher", "coordinator"])
    invite.add_argument("--school", metavar="NAME")
    invite.add_argument("--county", metavar="NAME")
    invite.add_argument("--teacher", metavar="ID")
    importer = add("import", import_table)
    importer.add_argument("what", choices=["schools", "units", "teachers"])
    importer.add_argument("file", type=Path)
    read = add("read", read_needs)
    read.add_argument("--today", type=date.fromisoformat, default=None, metavar="YYYY-MM-DD")
    rank, assign = add("rank", rank_needs), add("assign", assign_needs)
    rank.add_argument("--top", type=int, default=10)
    for matcher in (rank, assign):
        matcher.add_argument("--needs", type=Path, required=True)
        matcher.add_argument("--teachers", type=Path, required=True)
        matcher.add_argument("--today", type=date.fromisoformat, default=None, metavar="YYYY-MM-DD")
    cases = add("cases", print_cases)
    cases.add_argument("--county", metavar="NAME")
    cases.add_argument("--read", action="store_true", help=W.say("cli-cases-read-help"))
    add("migrate", migrate_database)
    return parser


# ---- putting the bot together


def assemble(store: Any, clock: Any, *, token: str, api_url: str, proxy: str = "", limited: bool = False) -> Any:
    """Store, clock and a PTB application with every handler, made into a runtime."""
    from telegram import Bot
    from telegram.ext import ApplicationBuilder

    import handlers
    import matching
    from delivery.request import AiohttpRequest
    from delivery.runtime import Runtime
    from handlers.views import render

    def connect() -> AiohttpRequest:
        return AiohttpRequest(proxy=proxy or None)

    bot = Bot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=connect(),
        get_updates_request=connect(),
    )
    application = ApplicationBuilder().bot(bot).updater(None).job_queue(None).build()
    handlers.register(application)

    def warm_up() -> None:
        matching.read("1", today=clock.now().date())  # loads the dictionaries before the first sentence comes

    return Runtime(
        store,
        clock,
        application,
        render,
        api_url=api_url,
        limited=limited,
        connect=connect,
        greet=handlers.show_commands,
        warm_up=warm_up,
    )


def open_store(settings: Settings) -> Any:
    """The database of the settings, brought up to date."""
    from sqlalchemy.exc import ArgumentError, SQLAlchemyError

    from delivery.database import migrate
    from delivery.store import Store

    try:
        migrate(settings.database_url)
    except (ArgumentError, SQLAlchemyError, ModuleNotFoundError) as error:
        raise Stop(W.say("cli-no-database", why=type(error).__name__)) from error
    return Store.open(settings.database_url)


@contextmanager
def _until_signal(loop: asyncio.AbstractEventLoop) -> Iterator[asyncio.Event]:
    """An event that SIGINT and SIGTERM set."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        yield stop
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


# ---- commands


def run_bot(options: argparse.Namespace) -> None:
    """Serve TELEGRAM_BOT_TOKEN by long polling until stopped."""
    settings = load_settings()
    if not settings.telegram_bot_token.get_secret_value():
        raise Stop(W.say("cli-no-token"))
    asyncio.run(_run(settings, options.clock))


async def _run(settings: Settings, clock_file: Path | None) -> None:
    from telegram.error import InvalidToken

    from delivery.clock import FileClock, SystemClock
    from delivery.runtime import is_loopback
    from services import people

    limited = settings.telegram_limits == "on" or (
        settings.telegram_limits == "auto" and not is_loopback(settings.telegram_api_url)
    )
    if clock_file is not None and (limited or not is_loopback(settings.telegram_api_url)):
        raise Stop(W.say("cli-clock-refused"))
    store = open_store(settings)
    clock = FileClock(clock_file) if clock_file else SystemClock()
    await store.run(lambda session: people.appoint(session, settings.coordinator_ids, clock.now()))
    token = settings.telegram_bot_token.get_secret_value()
    runtime = assemble(
        store,
        clock,
        token=token,
        api_url=settings.telegram_api_url,
        proxy=settings.telegram_proxy,
        limited=limited,
    )
    try:
        with _until_signal(asyncio.get_running_loop()) as stop:
            await runtime.start()
            print(W.say("cli-running"), flush=True)
            await runtime.until(stop)
    except InvalidToken:
        raise Stop(W.say("cli-token-refused")) from None
    finally:
        await runtime.stop()
        store.close()


def run_demo(options: argparse.Namespace) -> None:
    """Bot and gateway in one process, with the samples and people to play."""
    import demo

    asyncio.run(demo.run(options.data, options.port, assemble=assemble, until_signal=_until_signal))


def run_gateway(options: argparse.Namespace) -> None:
    """The gateway alone: any Bot API client may drive it."""
    asyncio.run(_gateway(load_settings(), options.port, options.strict_limits))


async def _gateway(settings: Settings, port: int, strict: bool) -> None:
    from web.gateway import create_gateway, serve

    token = settings.telegram_bot_token.get_secret_value() or f"70000001:{secrets.token_urlsafe(24)}"
    store = open_store(settings)
    try:
        app = create_gateway(store, token=token, strict_limits=strict)
        async with serve(app, port=port) as address:
            print(W.say("cli-gateway-running", url=address.url), flush=True)
            if not settings.telegram_bot_token.get_secret_value():
                print(f"TELEGRAM_BOT_TOKEN={token}", flush=True)
            with _until_signal(asyncio.get_running_loop()) as stop:
                await stop.wait()
    finally:
        store.close()


def make_invite(options: argparse.Namespace) -> None:
    """Print a one-time code alone on the last line."""
    from sqlmodel import col, select

    from models import School, Teacher
    from services import people

    store = open_store(load_settings())
    now = datetime.now(UTC)

    def unit(session: Any) -> str:
        school = teacher = None
        if options.role == "school":
            found = session.exec(select(School).where(School.name == (options.school or ""))).all()
            if len(found) != 1:
                raise Stop(_which_school(session, options.school, len(found)))
            school = found[0]
        if options.teacher:
            teacher = session.exec(select(Teacher).where(col(Teacher.code) == options.teacher)).first()
            if teacher is None:
                raise Stop(W.say("cli-no-teacher", id=options.teacher))
        return people.create_invite(session, options.role, now, school=school, county=options.county, teacher=teacher)

    try:
        code = store.run_now(unit)
    finally:
        store.close()
    print(W.say("cli-invite", days=people.INVITE_DAYS))
    print(code)


def _which_school(session: Any, name: str | None, found: int) -> str:
    """What to do when a school's name fits none or several: names are proposed, never guessed."""
    from sqlmodel import select

    from models import School
    from services.schools import propose_schools

    if not name:
        return W.say("cli-school-missing")
    names = {school.id: school.name for school in session.exec(select(School)) if school.id is not None}
    near = propose_schools(name, names)
    proposals = W.say("list-mark").join(names[key] for key in near) or W.say("unsaid")
    return W.say("cli-school-unknown" if found == 0 else "cli-school-several", name=name, near=proposals)


def import_table(options: argparse.Namespace) -> None:
    """Load a table and print what did not fit."""
    from services import imports, rosters

    readers: dict[str, Any] = {
        "schools": rosters.read_schools,
        "units": rosters.read_support_units,
        "teachers": rosters.read_teachers,
    }
    try:
        roster = readers[options.what](options.file)
    except rosters.RosterError as error:
        raise Stop(W.say(error.key, **error.values)) from error
    store = open_store(load_settings())
    now = datetime.now(UTC)
    writers: dict[str, Any] = {
        "schools": imports.import_schools,
        "units": imports.import_units,
        "teachers": lambda session, rows: imports.import_teachers(session, rows, now),
    }
    try:
        done = store.run_now(lambda session: writers[options.what](session, roster.rows))
    finally:
        store.close()
    for problem in roster.problems:
        line = W.say("cli-line", line=problem.line) if problem.line else ""
        print(line + W.say(problem.key, **problem.values))
    print(W.say("cli-imported", added=done.added, updated=done.updated, problems=len(roster.problems)))


def _today(options: argparse.Namespace) -> date:
    from services import timing

    return options.today or timing.today(datetime.now(UTC))


def _label(part: Any) -> str:
    from handlers.views.wording import part_words

    return part_words(W, part.name, part.level, part.values)


def read_needs(options: argparse.Namespace) -> None:
    """JSON lines {"id","text"} on stdin → readings on stdout."""
    from matching import cli

    for row in cli.read_lines(sys.stdin, _today(options)):
        print(json.dumps(row, ensure_ascii=False))


def rank_needs(options: argparse.Namespace) -> None:
    """Needs and teachers from files → ranked candidates on stdout."""
    from matching import cli

    with options.needs.open(encoding="utf-8") as needs, options.teachers.open(encoding="utf-8") as teachers:
        for row in cli.rank_lines(needs, teachers, today=_today(options), top=options.top, label=_label):
            print(json.dumps(row, ensure_ascii=False))


def assign_needs(options: argparse.Namespace) -> None:
    """Needs and teachers from files → pairs, open places and statistics on stdout, seconds on stderr. Sends nothing."""
    from handlers.views import assignment
    from matching import cli
    from matching.lines import BadLine

    explain = partial(assignment.explanation, W)
    files = {"needs": options.needs, "teachers": options.teachers}
    needs, teachers = (_lines(path) for path in files.values())
    began = time.perf_counter()
    try:
        for row in cli.assign_lines(needs, teachers, today=_today(options), label=_label, explain=explain):
            print(json.dumps(row, ensure_ascii=False))
    except BadLine as bad:
        why = W.say(f"cli-line-{bad.fault}", field=bad.field)
        raise Stop(W.say("cli-bad-line", file=str(files[bad.source]), line=bad.line, why=why)) from None
    print(W.say("cli-seconds", seconds=round(time.perf_counter() - began, 1)), file=sys.stderr)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeError) as error:
        raise Stop(W.say("cli-no-file", file=str(path), why=type(error).__name__)) from None


def print_cases(options: argparse.Namespace) -> None:
    """Labelled cases from corrections as JSON lines, or what today's reader makes of their texts."""
    from services import cases

    tell = cases.readings if options.read else cases.rows
    store = open_store(load_settings())
    for row in store.run_now(lambda session: list(tell(session, options.county))):
        print(json.dumps(row, ensure_ascii=False))
    store.close()


def migrate_database(options: argparse.Namespace) -> None:
    """Bring the schema of DATABASE_URL up to date."""
    open_store(load_settings()).close()
    print(W.say("cli-migrated"))


if __name__ == "__main__":
    sys.exit(main())
