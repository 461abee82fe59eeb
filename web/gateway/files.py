"""Documents, photos and voice messages: kept in a row, fetched by an unguessable id."""

import re
import secrets
import struct
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from web.gateway.call import MAX_UPLOAD, Upload
from web.gateway.errors import ApiError, bad_request
from web.gateway.tables import FILES

MAX_PHOTO = 10 * 1024 * 1024
MAX_DOWNLOAD = 20 * 1024 * 1024
SPEECH = b"OggS", b"OpusHead"
SAMPLES = 48_000  # a second, of Opus in Ogg
MIME = re.compile(r"[\w.+-]+/[\w.+-]+")
PHOTO_KINDS = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}

ADD = insert(FILES)
FIND = select(FILES).where(FILES.c.id == bindparam("wanted"))


@dataclass(frozen=True, slots=True)
class Kept:
    """A file about to be stored."""

    id: str
    name: str
    mime: str
    content: bytes


def keep(upload: Upload, mime: str = "") -> Kept:
    """Give an upload an id and a harmless name."""
    name = upload.name.replace("\\", "/").rpartition("/")[2]
    name = "".join(char for char in name if char.isprintable() and char not in '<>:"|?*').strip(" .")[-200:] or "file"
    said = mime or upload.mime[:100]
    return Kept(
        secrets.token_urlsafe(24), name, said if MIME.fullmatch(said) else "application/octet-stream", upload.content
    )


def add(connection: Connection, file: Kept) -> None:
    row = {"id": file.id, "name": file.name, "mime": file.mime, "size": len(file.content), "content": file.content}
    connection.execute(ADD, row)


def find(connection: Connection, file_id: str) -> Row[Any] | None:
    """A stored file, with its content."""
    return connection.execute(FIND, {"wanted": file_id}).first()


def checked_document(upload: Upload) -> Kept:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > MAX_UPLOAD:
        raise ApiError(413, "Request Entity Too Large")
    return keep(upload)


def checked_photo(upload: Upload) -> tuple[Kept, int, int]:
    """A photo with its width and height."""
    if len(upload.content) > MAX_PHOTO:
        raise bad_request("file is too big")
    kind = next((mime for start, mime in PHOTO_KINDS.items() if upload.content.startswith(start)), "")
    width, height = (png_size if kind == "image/png" else jpeg_size)(upload.content) if kind else (0, 0)
    if not width or not height:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return keep(upload, kind), width, height


def png_size(content: bytes) -> tuple[int, int]:
    return struct.unpack(">II", content[16:24]) if len(content) >= 24 else (0, 0)


def jpeg_size(content: bytes) -> tuple[int, int]:
    """Walk the segments to the frame header."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7])
        at += 2 + length
    return 0, 0


def sent_by_person(upload: Upload) -> tuple[Kept, dict[str, Any]]:
    """A person's file, and what it is to the bot: photo, voice message, audio or document, as the messenger would have it."""
    try:
        kept, width, height = checked_photo(upload)
        return kept, {"photo": photo_of(kept, len(kept.content), width, height)}
    except ApiError:  # not a picture that can be shown
        kept = checked_document(upload)
    size, start, head = len(kept.content), *SPEECH
    common = {"file_id": kept.id, "file_unique_id": kept.id[:16], "file_size": size, "mime_type": kept.mime}
    if kept.content.startswith(start) and head in kept.content[:200]:
        return kept, {"voice": common | {"duration": seconds_of(kept.content)}}
    if kept.mime.startswith("audio/"):
        return kept, {"audio": common | {"duration": 0, "file_name": kept.name}}
    return kept, {"document": document_of(kept, size)}


def seconds_of(ogg: bytes) -> int:
    """How long it speaks: the last page of the stream counts the samples up to its end."""
    last = ogg.rfind(SPEECH[0])
    return int.from_bytes(ogg[last + 6 : last + 14], "little") // SAMPLES


def document_of(row: Any, size: int) -> dict[str, Any]:
    """The Bot API's Document."""
    return {
        "file_id": row.id,
        "file_unique_id": row.id[:16],
        "file_name": row.name,
        "mime_type": row.mime,
        "file_size": size,
    }


def photo_of(row: Any, size: int, width: int, height: int) -> list[dict[str, Any]]:
    """The Bot API's PhotoSizes: one, we make no thumbnails."""
    common = {"file_id": row.id, "file_unique_id": row.id[:16], "file_size": size}
    return [common | {"width": width, "height": height}]
