"""The made-up pool of samples/teachers.csv: big enough, spread as in life, and nobody real."""

import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

from services import rosters
from services.rosters import read_schools, read_support_units, read_teachers

SAMPLES = Path(__file__).parents[2] / "samples"
POOL = read_teachers(SAMPLES / "teachers.csv")
TODAY = date(2026, 11, 21)

# eval/README.md
SUBJECTS = {
    "语文",
    "数学",
    "英语",
    "物理",
    "化学",
    "生物",
    "历史",
    "地理",
    "道德与法治",
    "思想政治",
    "科学",
    "信息科技",
    "音乐",
    "体育",
    "美术",
    "劳动",
    "心理健康",
    "综合实践",
    "学前教育",
    "特殊教育",
    "藏语文",
    "彝语文",
    "全科",
    "管理",
}
STAGES = {"学前", "小学", "初中", "高中", "中职"}
MODES = {"顶岗支教", "送教", "跟岗", "线上", "讲座培训", "同课异构", "师徒结对"}


def words(field: str) -> Counter[str]:
    return Counter(word for row in POOL.rows for word in getattr(row, field))


def test_the_pool_reads_without_a_problem() -> None:
    assert POOL.problems == ()
    assert len(POOL.rows) == 240


def test_everybody_is_made_up_and_unique() -> None:
    assert all(row.made_up for row in POOL.rows)
    for field in ("id", "name", "bio"):
        assert len({getattr(row, field) for row in POOL.rows}) == len(POOL.rows), field


def test_every_unit_is_in_the_table_and_sends_somebody() -> None:
    known = {unit.name for unit in read_support_units(SAMPLES / "support_units.csv").rows}
    known |= {school.training_body for school in read_schools(SAMPLES / "schools_liangshan.csv").rows}
    assert {row.unit for row in POOL.rows} == known


def test_words_are_of_the_controlled_lists() -> None:
    assert set(words("stages")) == STAGES
    assert set(words("modes")) == MODES
    majors = {word for row in POOL.rows if "中职" in row.stages for word in row.subjects}
    assert majors == {"旅游服务与管理", "汽车维修", "护理"}
    assert set(words("subjects")) - majors == SUBJECTS


def test_the_readers_lists_are_those_of_the_evaluation() -> None:
    values = tomllib.loads(Path(rosters.__file__).with_suffix(".toml").read_text("utf-8"))["values"]
    assert (set(values["subjects"]), set(values["stages"]), set(values["modes"])) == (SUBJECTS, STAGES, MODES)


def test_stages_fit_the_unit() -> None:
    for row in POOL.rows:
        if row.unit.endswith("小学") or "小学得胜" in row.unit or "附小" in row.unit:
            assert row.stages == ("小学",), row.id
        if row.unit.endswith("中学") or "七中" in row.unit:
            assert set(row.stages) <= {"初中", "高中"}, row.id


def test_bios_are_short_prose_without_numbers_to_call() -> None:
    for row in POOL.rows:
        assert 20 <= len(row.bio) <= 90, row.id
        assert not re.search(r"\d{5}|微信号|QQ|@|电话[:：]|https?:", row.bio), row.id


def test_no_two_bios_come_from_one_template() -> None:
    """No seven characters in a row occur in two bios."""
    runs = Counter(run for row in POOL.rows for run in {row.bio[at : at + 7] for at in range(len(row.bio) - 6)})
    assert [run for run, count in runs.items() if count > 1] == []


def test_windows_are_past_present_and_to_come() -> None:
    windows = [(row.available_from or date.min, row.available_until or date.max) for row in POOL.rows]
    assert all(begin <= end for begin, end in windows)
    assert sum(end < TODAY for _, end in windows) >= 10
    assert sum(begin <= TODAY <= end for begin, end in windows) >= 50
    assert sum(begin > TODAY for begin, _ in windows) >= 80


def test_one_row_in_eight_lacks_something_optional() -> None:
    lacking = [row for row in POOL.rows if row.years is None or not row.title or row.available_until is None]
    assert 24 <= len(lacking) <= 36


def test_common_subjects_are_common() -> None:
    counts = words("subjects")
    assert [word for word, _ in counts.most_common(3)] == ["语文", "数学", "英语"]
    assert min(counts[word] for word in ("音乐", "体育", "美术", "科学", "心理健康")) >= 8
