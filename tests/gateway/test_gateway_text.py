"""Text as the server reads it: HTML, entities, cleaning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.gateway.errors import ApiError
from web.gateway.html import parse_html
from web.gateway.text import Formatted, clean, commands, is_blank, trimmed, units


def entity(kind: str, offset: int, length: int, **more: object) -> dict[str, object]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>缺</b>数学", "缺数学", [entity("bold", 0, 1)]),
        ("😀<i>x</i>", "😀x", [entity("italic", 2, 1)]),
        ("<b>a<u>b</u></b>", "ab", [entity("bold", 0, 2), entity("underline", 1, 1)]),
        ("1 &lt; 2 &amp; 3 &#62; 2 &quot;&#x597d;", '1 < 2 & 3 > 2 "好', []),
        ("AT&T &nbsp;", "AT&T &nbsp;", []),
        ('<a href="https://a.cn/?a=1&amp;b">x</a>', "x", [entity("text_link", 0, 1, url="https://a.cn/?a=1&b")]),
        ("<a href='a.cn'>x</a>", "x", [entity("text_link", 0, 1, url="http://a.cn")]),
        ('<a href="javascript:alert(1)">x</a>', "x", []),
        ('<pre><code class="language-py">x</code></pre>', "x", [entity("pre", 0, 1, language="py")]),
        ("<code>x</code>", "x", [entity("code", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [entity("expandable_blockquote", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [entity("spoiler", 0, 1)]),
        ("<B>x</>", "x", [entity("bold", 0, 1)]),
        ("<b></b>x", "x", []),
    ],
)
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[dict[str, object]]) -> None:
    assert parse_html(source) == Formatted(text, entities)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("好<x>", 'Unsupported start tag "x" at byte offset 3'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href=", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a =x>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a x>y</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ('<span class="x">y</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
    ],
)
def test_bad_html_is_refused_in_the_servers_words(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {reason}"


@given(st.text(alphabet=st.one_of(st.sampled_from("<>/&;#ab =\"'"), st.characters(exclude_categories=("Cs",)))))
def test_any_html_is_read_or_refused(source: str) -> None:
    """Whatever comes in, entities lie inside the text and nothing but ApiError is raised."""
    try:
        formatted = trimmed(parse_html(clean(source)))
    except ApiError:
        return
    for found in formatted.entities:
        assert 0 <= found["offset"] < found["offset"] + found["length"] <= units(formatted.text)


@given(st.text(alphabet=st.characters()))
def test_any_text_can_be_cleaned(source: str) -> None:
    """Clean text can be encoded and stored, and cleaning again changes nothing."""
    cleaned = clean(source)
    assert "\0" not in cleaned.encode().decode()
    assert cleaned == clean(cleaned)


def test_controls_become_blanks_and_marks_vanish() -> None:
    assert clean("a\tb\0c\r\nd\u202ee\ud800") == "a b c\nde?"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start abc", [(0, 6)]),
        ("请用 /mine 或 /help@bangfu_bot", [(3, 5), (11, 16)]),
        ("😀 /need", [(3, 5)]),
        ("1/2 a/b //x /x/y", []),
    ],
)
def test_commands_are_marked(text: str, found: list[tuple[int, int]]) -> None:
    assert [(one["offset"], one["length"]) for one in commands(text)] == found


def test_blank_is_what_nobody_sees() -> None:
    assert is_blank(" \u200b\n\u3000")
    assert not is_blank(" 。")


def test_trimming_moves_entities() -> None:
    given = Formatted(" \n好 的 ", [entity("bold", 0, 3), entity("italic", 2, 4), entity("code", 5, 1)])
    assert trimmed(given) == Formatted("好 的", [entity("bold", 0, 1), entity("italic", 0, 3)])
