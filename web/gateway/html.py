"""The Bot API's HTML, read as tdlib reads it, its refusals included (td/telegram/MessageEntity.cpp, parse_html)."""

import re
from dataclasses import dataclass

from web.gateway.errors import ApiError, bad_request
from web.gateway.text import Entity, Formatted, units

NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![A-Za-z]));?")
NAME = re.compile(r"\s*([^\s=>]*)\s*(=?)\s*")
VALUE = re.compile(r""""([^"]*)"|'([^']*)'|([A-Za-z0-9.-]*)(?=[\s>])""")
KINDS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("tg-spoiler", "span"), "spoiler"),
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
PLAIN = re.compile("[^<&]+")
START = re.compile(r"<([^\s>]*)")
END = re.compile(r"</([^\s>]*)\s*(>?)")
CLOSING = re.compile(r"\s*>")
URL = re.compile(r"(?i)(https?|tg)://[^\s/]+|(mailto|tel):\S+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?$")


def parse_html(source: str) -> Formatted:
    """Text and entities of a text in the Bot API's HTML."""
    return HtmlReader(source).read()


@dataclass(slots=True)
class Tag:
    """A start tag that waits for its end."""

    name: str
    argument: str
    offset: int
    at: int


class HtmlReader:
    """One pass over an HTML text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.position = 0
        self.parts: list[str] = []
        self.offset = 0  # of what was written, in UTF-16 units
        self.open: list[Tag] = []
        self.entities: list[Entity] = []

    def read(self) -> Formatted:
        """The whole text, or the server's refusal."""
        while self.position < len(self.source):
            char = self.source[self.position]
            if char == "<":
                self.tag()
            elif char == "&":
                self.reference()
            else:
                match = PLAIN.match(self.source, self.position)
                assert match
                self.write(match[0], match.end())
        if self.open:
            raise self.refusal(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return Formatted("".join(self.parts), self.entities)

    def write(self, text: str, position: int) -> None:
        self.parts.append(text)
        self.offset += units(text)
        self.position = position

    def reference(self) -> None:
        """&lt; &#60; and so on; what is unknown stays as it is."""
        match = REFERENCE.match(self.source, self.position)
        char = decoded(match) if match else ""
        if match and char:
            self.write(char, match.end())
        else:
            self.write("&", self.position + 1)

    def tag(self) -> None:
        if self.source.startswith("</", self.position):
            self.end_tag()
        else:
            self.start_tag()

    def start_tag(self) -> None:
        start = self.position
        match = START.match(self.source, start)
        assert match
        name = match[1].lower()
        if match.end() == len(self.source):
            raise self.refusal("Unclosed start tag", start)
        if name not in KINDS:
            raise self.refusal(f'Unsupported start tag "{name}"', start)
        argument = self.attributes(name, start, match.end())
        if name == "span" and argument != "spoiler":
            raise self.refusal('Tag "span" must have class "tg-spoiler"', start)
        self.open.append(Tag(name, argument, self.offset, len(self.parts)))

    def attributes(self, tag: str, start: int, position: int) -> str:
        """The one argument that matters to `tag`; moves behind the closing bracket."""
        argument = ""
        while not (closing := CLOSING.match(self.source, position)):
            name = NAME.match(self.source, position)
            if not name or name.end() == len(self.source):
                raise self.refusal("Unclosed start tag", start)
            if not name[1]:
                raise self.refusal(f'Empty attribute name in the tag "{tag}"', start)
            if (tag, name[1], name[2]) == ("blockquote", "expandable", ""):
                argument, position = name[1], name.end()
                continue
            if not name[2]:
                raise self.refusal(f'Expected equal sign in declaration of an attribute of the tag "{tag}"', start)
            value = VALUE.match(self.source, name.end())
            if not value:
                raise self.unreadable_value(start, name.end())
            found = next(group for group in value.groups() if group is not None)
            argument = argument_of(tag, name[1], unescaped(found), argument)
            position = value.end()
        self.position = closing.end()
        return argument

    def unreadable_value(self, start: int, position: int) -> ApiError:
        """A quote without its end, or a bare word with odd characters."""
        if self.source[position] in "\"'":
            return self.refusal("Unclosed start tag", start)
        return self.refusal("Unexpected end of name token", position)

    def end_tag(self) -> None:
        start = self.position
        if not self.open:
            raise self.refusal("Unexpected end tag", start)
        match = END.match(self.source, start)
        assert match
        if not match[2]:
            raise self.refusal("Unclosed end tag", start)
        name, tag = match[1].lower(), self.open.pop()
        if name and name != tag.name:
            wrong = f'expected "</{tag.name}>", found "</{name}>"'
            raise self.refusal(f"Unmatched end tag at byte offset {self.bytes_before(start)}, {wrong}")
        self.position = match.end()
        if self.offset > tag.offset:
            self.close(tag)

    def close(self, tag: Tag) -> None:
        """Turn a finished tag into an entity."""
        entity: Entity = {"type": KINDS[tag.name], "offset": tag.offset, "length": self.offset - tag.offset}
        if tag.name == "a":
            url = tag.argument or "".join(self.parts[tag.at :])
            entity["url"] = checked_url(url)
            if not entity["url"]:
                return
        elif tag.name == "tg-emoji":
            entity["custom_emoji_id"] = tag.argument
        elif tag.name == "blockquote" and tag.argument:
            entity["type"] = "expandable_blockquote"
        elif tag.name in ("pre", "code") and self.join_pre(tag, entity):
            return
        self.entities.append(entity)

    def join_pre(self, tag: Tag, entity: Entity) -> bool:
        """<pre><code class="language-x"> is one entity with a language."""
        if tag.name == "code" and tag.argument and self.open and self.open[-1].name == "pre":
            self.open[-1].argument = tag.argument
            return True
        if tag.name == "pre" and tag.argument:
            entity["language"] = tag.argument
        return False

    def bytes_before(self, position: int) -> int:
        return len(self.source[:position].encode())

    def refusal(self, reason: str, position: int | None = None) -> ApiError:
        where = "" if position is None else f" at byte offset {self.bytes_before(position)}"
        return bad_request(f"can't parse entities: {reason}{where}")


def decoded(match: re.Match[str]) -> str:
    """The character a reference stands for; nothing if it stands for none."""
    if match[3]:
        return NAMED[match[3]]
    code = int(match[1], 16) if match[1] else int(match[2])
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""


def unescaped(value: str) -> str:
    return REFERENCE.sub(lambda match: decoded(match) or match[0], value) if "&" in value else value


def argument_of(tag: str, name: str, value: str, present: str) -> str:
    """What the attribute `name` says to `tag`."""
    if (tag, name) in (("a", "href"), ("tg-emoji", "emoji-id")):
        return value
    if name == "class" and tag == "code" and value.startswith("language-"):
        return value.removeprefix("language-")
    if name == "class" and tag == "span" and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return present


def checked_url(text: str) -> str:
    """The link as a phone would open it; nothing if it would not."""
    match = URL.match(text)
    if not match:
        return ""
    return text if match[1] or match[2] else f"http://{text}"
