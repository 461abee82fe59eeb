"""Plays a dialogue of dialogues/*.toml through a World: who says or taps what, and what must be seen after it.

A step is one of say, tap (a label), press (callback data), edit (a changed message), send (another kind of message), live (a
place that moved), lack (a field the reader is to have missed), days or hours (快进), or nothing (a look at a phone). In what
is said {need} is the newest id of that table, {forwarded} the newest code on a phone.

It may expect: `expect` in the last message (a text or a list), `never` in it, `buttons` of it, `rows` = {table = [statuses]},
`row` = {table = fields of the newest}, `waves` = {wave = [statuses of its surveys]}, `new` = how many messages arrived on
this phone. {code} is an invitation as the setup says, {colleague} the colleague code on the phone of `school`.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from models import (
    Attachment,
    Callback,
    DateMove,
    Introduction,
    Need,
    Offer,
    Placement,
    Proposal,
    Question,
    ReadingCase,
    Survey,
    Teacher,
    UnitConsent,
)
from services import needs
from tests.world import World

FOLDER = Path(__file__).parent / "dialogues"
Step = dict[str, Any]
TABLES: dict[str, type[SQLModel]] = {
    "need": Need,
    "proposal": Proposal,
    "offer": Offer,
    "placement": Placement,
    "datemove": DateMove,
    "survey": Survey,
    "teacher": Teacher,
    "question": Question,
    "unitconsent": UnitConsent,
    "introduction": Introduction,
    "case": ReadingCase,
    "callback": Callback,
    "attachment": Attachment,
}
SENT: dict[str, dict[str, Any]] = {
    "voice": {"voice": {"file_id": "a", "file_unique_id": "b", "duration": 3}},
    "photo": {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 9, "height": 9}]},
    "captioned": {
        "photo": [{"file_id": "a", "file_unique_id": "b", "width": 9, "height": 9}],
        "caption": "缺一个小学英语老师，一学期，顶岗",
    },
    "clip": {"video_note": {"file_id": "a", "file_unique_id": "b", "length": 9, "duration": 3}},
    "place": {"location": {"latitude": 28.0115, "longitude": 102.8427}},
    "venue": {
        "location": {"latitude": 28.0115, "longitude": 102.8427},
        "venue": {
            "location": {"latitude": 28.0115, "longitude": 102.8427},
            "title": "四开乡中心小学校",
            "address": "昭觉县四开乡",
        },
    },
    "contact": {"contact": {"phone_number": "+00 000", "first_name": "某某", "vcard": "TEL:+00 000"}},
    "poll": {
        "poll": {
            "id": "1",
            "question": "周几教研好？",
            "options": [{"persistent_id": day, "text": day, "voter_count": 0} for day in ("周二", "周四")],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
    },
    "dice": {"dice": {"emoji": "🎲", "value": 6}},
    "story": {"story": {"id": 1, "chat": {"id": 1, "type": "private"}}},
    "sticker": {
        "sticker": {
            "file_id": "a",
            "file_unique_id": "b",
            "width": 9,
            "height": 9,
            "is_animated": False,
            "is_video": False,
            "type": "regular",
        }
    },
}


def dialogues() -> list[tuple[str, dict[str, Any]]]:
    """(name, dialogue with the file's setup) of every file."""
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        shared = document.get("setup", {})
        for one in document["dialogue"]:
            setup = {**shared, **one.get("setup", {})}
            found.append((f"{path.stem}: {one['name']}", {**one, "setup": setup}))
    return found


class Play:
    """One dialogue in one world."""

    def __init__(self, world: World, dialogue: dict[str, Any]) -> None:
        self.world = world
        self.dialogue = dialogue
        self.phones: dict[str, int] = {}

    def run(self) -> None:
        """Set up, then step by step."""
        self._set_up(self.dialogue["setup"])
        for number, step in enumerate(self.dialogue["step"], 1):
            try:
                self._play(step)
            except AssertionError as error:
                who = self.phones.get(step.get("who", ""), 0)
                phone = self.world.transcript(who) if who else ""
                raise AssertionError(f"step {number} {step}: {error}\n{phone}") from None

    def _set_up(self, setup: dict[str, Any]) -> None:
        for school in setup.get("schools", []):
            self.world.add_school(**school)
        for unit in setup.get("units", []):
            self.world.add_unit(**unit)
        for number, (name, person) in enumerate(setup.get("people", {}).items(), 1):
            self.phones[name] = self._person(number, person)
        if setup.get("placed"):
            self._place()

    def _place(self) -> None:
        """Everything up to the placement of 2027-03-01 to 2027-07-28."""
        for who, label in (("school", "提交"), ("boss", "批准"), ("li", "接受"), ("school", "确认")):
            if label == "提交":
                self.world.say(self.phones[who], "缺一个小学数学老师，明年3月1日来，顶岗支教一学期")
            self.world.tap(self.phones[who], label)

    def _person(self, number: int, person: dict[str, Any]) -> int:
        fields = dict(person)
        match fields.pop("role"):
            case "school":
                return self.world.school_person(number, **fields)
            case "teacher":
                return self.world.teacher(number, **fields)
            case "coordinator":
                return self.world.coordinator(number, **fields)
            case _:
                return self.world.stranger(number, **fields)

    def _play(self, step: Step) -> None:
        self.world.settle()
        if "days" in step or "hours" in step:
            self.world.forward_by(days=step.get("days", 0), hours=step.get("hours", 0))
        if "who" not in step:
            self._look_at_rows(step)
            return
        who = self.phones[step["who"]]
        before = len(self.world.heard(who))
        self._act(who, step)
        self._look(who, step, before)
        self._look_at_rows(step)

    def _act(self, who: int, step: Step) -> None:
        if "say" in step:
            self.world.say(who, self._filled(step["say"]))
        elif "tap" in step:
            self.world.tap(who, step["tap"])
        elif "press" in step:
            newest = self.world.messages(who)[-1 if not self.world.messages(who)[-1]["mine"] else -2]
            self.world.press(who, newest["message_id"], self._filled(step["press"]))
        elif "lack" in step:
            self._lack(who, step["lack"])
        elif "send" in step:
            self.world.send(who, SENT[step["send"]])
        elif "live" in step:
            self.world.send(who, {**SENT["place"], "edit_date": 1}, "edited_message")
        elif "edit" in step:
            self.world.send(who, {"text": step["edit"], "edit_date": 1, **_command(step["edit"])}, "edited_message")

    def _lack(self, who: int, field: str) -> None:
        """As if the reader had not found a field of the newest draft: whether it does is the engine's business."""

        def unit(session: Session) -> None:
            need = session.exec(select(Need).order_by(col(Need.id).desc()).limit(1)).one()
            setattr(need, field, [])
            session.flush()
            needs.resume(session, self.world.actor(who)(session), self.world.now(), need.id or 0)

        self.world.do(unit)
        self.world.settle()

    def _filled(self, text: str) -> str:
        for name, table in TABLES.items():
            if "{" + name + "}" in text:
                text = text.replace("{" + name + "}", str(self.world.rows(table)[-1].id))
        if "{forwarded}" in text:
            text = text.replace("{forwarded}", self._forwarded())
        if "{code" in text:
            text = text.replace("{code}", self.world.code(**self.dialogue["setup"]["code"]))
        if "{colleague}" in text:
            told = [each for each in self.world.heard(self.phones["school"]) if "/start " in each]
            text = text.replace("{colleague}", told[-1].split("/start ")[1])
        return text

    def _forwarded(self) -> str:
        """The newest code that a phone was told to forward."""
        texts = [text for phone in self.phones.values() for text in self.world.heard(phone)]
        return [found for text in texts for found in re.findall(r"/start (\S{22})", text)][-1]

    def _look(self, who: int, step: Step, before: int) -> None:
        seen = self.world.last(who)
        for wanted in _several(step.get("expect", [])):
            assert wanted in seen, f"{wanted!r} is not in {seen!r}"
        for unwanted in _several(step.get("never", [])):
            assert unwanted not in seen, f"{unwanted!r} is in {seen!r}"
        if "buttons" in step:
            assert step["buttons"] == self.world.labels(who)
        if "new" in step:
            assert step["new"] == len(self.world.heard(who)) - before, "messages arrived"

    def _look_at_rows(self, step: Step) -> None:
        for name, statuses in step.get("rows", {}).items():
            assert sorted(statuses) == sorted(row.status for row in self.world.rows(TABLES[name]))
        for wave, statuses in step.get("waves", {}).items():
            assert sorted(statuses) == sorted(row.status for row in self.world.rows(Survey, Survey.kind == wave))
        for name, fields in step.get("row", {}).items():
            newest = self.world.rows(TABLES[name])[-1]
            assert fields == {key: getattr(newest, key) for key in fields}


def _command(text: str) -> dict[str, Any]:
    if not text.startswith("/"):
        return {}
    return {"entities": [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]}


def _several(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
