"""Cleaning keeps the way back; the segmenter leaves no trace on disk or in the log."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import matching
from matching.words.repair import tokens_of
from matching.words.text import clean
from matching.words.vocabulary import vocabulary

PACKAGE = Path(matching.__file__).parent


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("２名，请", "2名,请"),
        ("學校", "学校"),
        ("a\x00b", "ab"),
        ("数\u200b学", "数学"),
        ("①", "①"),
        ("⑫", "①"),
        ("\ud83d", ""),
    ],
)
def test_clean_makes_plain(raw: str, plain: str) -> None:
    assert clean(raw).chars == plain


def test_spans_lead_back_to_the_original() -> None:
    raw = "\u200b缺２名　數學老師"
    text = clean(raw)
    start = text.chars.index("数学")
    begin, end = text.span(start, start + 2)
    assert raw[begin:end] == "數學"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("数血老师", "数学老师"),
        ("我们学生物理", "我们学生物理"),
        ("同课一构", "同课异构"),
        ("地里老师", "地理老师"),
        ("在地里干活", "在地里干活"),
        ("心里没数", "心里没数"),
        ("que shu xue lao shi", "缺 数学 老师"),
        ("PPT", "PPT"),
    ],
)
def test_slips_are_repaired_and_plain_words_left_alone(raw: str, expected: str) -> None:
    assert tokens_of(clean(raw))[0].chars == expected


def test_the_segmenter_writes_no_file_and_no_log_line(tmp_path: Path) -> None:
    """jieba.cache in the temp directory would be believed blindly (facts 88-90)."""
    code = "from matching.words.vocabulary import vocabulary; vocabulary()"
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=PACKAGE.parent,
        env={"TMPDIR": str(tmp_path), "HOME": str(tmp_path), "PATH": ""},
        check=True,
    )
    assert run.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_no_chinese_in_string_literals() -> None:
    """Words live in lexicon/*.toml, where people can correct them."""
    found = []
    for path in PACKAGE.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        found += [
            (path.name, node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
            and any("\u4e00" <= char <= "\u9fff" and char not in "\u4e00\u9fff" for char in node.value)
        ]
    assert found == []


def test_every_lexicon_file_is_utf8_toml_with_a_comment_on_top() -> None:
    for path in (PACKAGE / "lexicon").glob("*.toml"):
        content = path.read_text(encoding="utf-8")
        tomllib.loads(content)
        assert content.startswith("#"), path.name


def test_ids_are_ascii_and_unique() -> None:
    for kind in ("subject", "stage", "mode"):
        ids = list(matching.term_names(kind).values())  # type: ignore[arg-type]
        assert len(set(ids)) == len(ids)
        assert all(key.isascii() and key.isidentifier() for key in ids)


def test_every_word_of_the_vocabulary_is_one_token() -> None:
    words = vocabulary()
    split = [
        word
        for word, tags in words.words.items()
        if {"subject", "mode"} & tags.keys() and "\u4e00" <= word[0] <= "\u9fff" and len(word) > 1
        if words.segmenter.cut(word) != [word]
    ]
    assert split == []
