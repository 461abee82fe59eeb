"""The two languages say the same things: no broken entry, no missing key, no variable that only one of them knows."""

import re

import pytest
from fluent.syntax import ast

from tests.words.catalog import LANGUAGES, entries, files, messages, nodes, places, references, texts, variables

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
# English sentences that show Chinese on purpose: the program's name, a choice of language, names of schools to type.
CHINESE_IN_ENGLISH = {
    "cli-description",
    "command-language",
    "consent",
    "forgotten",
    "intro-words-school",
    "intro-words-teacher",
    "language-ask",
    "language-zh",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_entry_is_broken(language: str) -> None:
    """Fluent drops a broken entry without a word and prints its key instead."""
    broken = [
        f"{path.name}: {entry.content[:60]!r}"
        for path in files(language)
        for entry in entries(path)
        if isinstance(entry, ast.Junk)
    ]
    assert broken == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_there_twice(language: str) -> None:
    keys = [key for _, key in places(language)]
    assert sorted(key for key in keys if keys.count(key) > 1) == []


def test_both_languages_have_the_same_keys_in_the_same_files() -> None:
    chinese, english = set(places("zh-CN")), set(places("en"))
    assert {"only in zh-CN": chinese - english, "only in en": english - chinese} == {
        "only in zh-CN": set(),
        "only in en": set(),
    }


def test_both_languages_use_the_same_variables() -> None:
    common = messages("zh-CN").keys() & messages("en").keys()
    differing = {
        key: (variables("zh-CN", key), variables("en", key))
        for key in common
        if variables("zh-CN", key) != variables("en", key)
    }
    assert differing == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_references_lead_somewhere(language: str) -> None:
    known = messages(language)
    assert {key: missing for key in known if (missing := references(known[key]) - known.keys())} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_plain_messages(language: str) -> None:
    """Terms, attributes and functions would need other code in locales/__init__.py."""
    odd = [
        f"{path.name}: {type(node).__name__}"
        for path in files(language)
        for entry in entries(path)
        for node in nodes(entry)
        if isinstance(node, ast.Term | ast.TermReference | ast.Attribute | ast.FunctionReference)
    ]
    assert odd == []


def test_english_is_english() -> None:
    chinese = {key for key in messages("en") if any(HAN.search(text) for text in texts("en", key))}
    assert chinese - CHINESE_IN_ENGLISH == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_says_who_reads_it(language: str) -> None:
    """The first entry of each file is a ### comment."""
    assert [path.name for path in files(language) if not isinstance(entries(path)[0], ast.ResourceComment)] == []
