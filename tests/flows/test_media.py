"""Files reach the coordinator as files: a photo that the far end knows is shown, an unknown one is told in words."""

from typing import Any

from models import Attachment, GatewayFile, Inbox
from tests.files import PIXEL, VOICE
from tests.flows.checks import check_everything
from tests.world import World


def _photo(file_id: str, **more: Any) -> dict[str, Any]:
    return {"photo": [{"file_id": file_id, "file_unique_id": "u", "width": 1, "height": 1}], **more}


def _cast(world: World) -> tuple[int, int]:
    world.add_school("四开乡中心小学校", "昭觉县")
    return world.school_person(1, "四开乡中心小学校", "王老师"), world.coordinator(2, "昭觉县", "张主任")


def test_a_photo_from_a_phone_is_sent_on_by_its_id(world: World) -> None:
    school, boss = _cast(world)
    assert "收到您的照片" in world.hand(school, "p.png", PIXEL, "image/png")
    newest = world.messages(boss)[-1]
    assert newest["photo"]
    assert "王老师（四开乡中心小学校）发来照片" in newest["text"]
    check_everything(world)


def test_a_voice_message_from_a_phone_is_sent_on_by_its_id(world: World) -> None:
    school, boss = _cast(world)
    assert "收到您的语音" in world.hand(school, "v.ogg", VOICE)
    newest = world.messages(boss)[-1]
    assert newest["file"]["name"] == "v.ogg"
    assert "发来语音" in newest["text"]


def test_an_unknown_file_is_told_in_words(world: World) -> None:
    school, boss = _cast(world)
    world.send(school, _photo("nowhere"))
    assert "发来照片" in world.last(boss)
    check_everything(world)


def test_photos_sent_together_are_answered_once(world: World) -> None:
    school, boss = _cast(world)
    before = len(world.heard(school))
    for name in ("a", "b", "c"):
        world.send(school, _photo(name, media_group_id="7"))
    assert len(world.heard(school)) == before + 1
    assert [row.file_id for row in world.rows(Attachment)] == ["a", "b", "c"]
    assert sum("发来照片" in text for text in world.heard(boss)) == 3


def test_a_stranger_s_photo_is_not_kept(world: World) -> None:
    stranger = world.stranger(3)
    assert "您同意吗" in world.send(stranger, _photo("a"))
    assert world.rows(Attachment) == []


def test_a_round_video_is_sent_on_behind_the_line_that_says_whose_it_is(world: World) -> None:
    school, boss = _cast(world)
    world.do(lambda session: session.add(GatewayFile(id="v", name="v.mp4", mime="video/mp4", size=3, content=b"mp4")))
    world.send(school, {"video_note": {"file_id": "v", "file_unique_id": "u", "length": 9, "duration": 3}})
    line, video = world.messages(boss)[-2:]
    assert "王老师（四开乡中心小学校）发来小视频" in line["text"]
    assert (video["text"], video["file"]["name"]) == ("", "v.mp4")
    check_everything(world)


def test_no_row_holds_the_number_of_a_contact_card(world: World) -> None:
    """Not even the raw update, which is kept for days; nor where it stands in a reply."""
    school, _ = _cast(world)
    number, name = "0000-555-0199", "某某某"
    card = {"contact": {"phone_number": number, "first_name": name, "vcard": f"TEL:{number}"}}
    assert "收到名片了" in world.send(school, card)
    before = {"message_id": 1, "date": 1, "chat": {"id": school, "type": "private"}, **card}
    world.send(school, {"text": "你好", "reply_to_message": before})
    assert [row.raw for row in world.rows(Inbox) if number in row.raw or name in row.raw] == []
    assert [row.outcome for row in world.rows(Inbox)] == ["done", "done"]
    assert world.rows(Attachment) == []
    check_everything(world)
