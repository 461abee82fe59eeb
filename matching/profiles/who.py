"""Who a teacher is: name, school, home, title, years of service, how much they can take, where they want to go.

A name needs a cue or a surname and must be no word of the language; a school needs a name of its own; years are years
of teaching, never somebody's age or the length of a stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from matching.profiles.clauses import Clause, any_of, first_group, holds, labels, pattern, people
from matching.words import numerals
from matching.words.vocabulary import vocabulary

MOST = 60  # more years of service nobody has
MOST_PLACES = 30
LAST = 99  # what is believed only when nothing better is said
RANGE = 2  # characters of 三五 or 七八: three to five, at least three


def labelled(clauses: Sequence[Clause], label: str) -> str | None:
    """What stands under a label."""
    return next((clause.words for clause in clauses if clause.label == label), None)


# --- name -------------------------------------------------------------------------------------------------


def name_of(clauses: Sequence[Clause]) -> str | None:
    """The full name; else how to call somebody (王老师); else nothing."""
    rules = people()["name"]
    written = labelled(clauses, "name")
    if written and (match := pattern(r"^[\u4e00-\u9fff·]{2,8}").match(written)) and not _is_no_name(match[0]):
        return match[0] if "·" in match[0] else match[0][:4]
    free = [clause.words for clause in clauses if clause.label is None]
    for words in free:
        for cue in rules["cues"]:
            match = pattern(cue + r"([\u4e00-\u9fff·]{2,4}?)" + rules["ends"]).search(words)
            if match and not _is_no_name(match[1]):
                return match[1]
    plain = [pattern(rules["after"] + "$").sub("", words, count=1) for words in free]
    for words in plain:
        match = _after_weak_cue().search(words)
        if match and _is_name(match[1], cued=words[: match.start(1)] in rules["sure"]):
            return match[1]
    return next((words for words in plain if _is_name(words)), None) or _family_name(free)


def _is_no_name(words: str) -> bool:
    return words in people()["name"]["never"] or words in labels()


def _family_name(free: Sequence[str]) -> str | None:
    rules = people()["name"]
    for words in free:
        found = first_group(rules["family"], words)
        if found and found in rules["surnames"]:
            return found + str(rules["called"])
    return None


@cache
def _name_shape() -> str:
    rules = people()["name"]
    double = "|".join(rules["double"])
    return rf"((?:{double})[\u4e00-\u9fff]{{1,2}}|[{rules['surnames']}][\u4e00-\u9fff]{{1,2}})$"


@cache
def _after_weak_cue() -> re.Pattern[str]:
    cues = "|".join(f"(?:{cue})" for cue in people()["name"]["weak"])
    return re.compile(f"(?:{cues}){_name_shape()}")


def _is_name(words: str, *, cued: bool = False) -> bool:
    """A surname with one or two characters, no word of ours; nor of the language, except after 本人 and the like."""
    if not pattern(_name_shape()).match(words) or _is_no_name(words):
        return False
    known = vocabulary()
    common = words[0] in people()["name"]["common"]
    if (cued or common) and len(words) > RANGE and not known.tags(words[1:]):
        return not known.tags(words)
    if known.segmenter.knows(words) or words in people()["cities"]["names"] or words in people()["regions"]["names"]:
        return False
    family = next((double for double in people()["name"]["double"] if words.startswith(double)), words[0])
    given = words[len(family) :]
    return known.segmenter.cut(words)[0] in (family, words[0]) and (len(given) < 2 or not known.tags(given))


# --- school -------------------------------------------------------------------------------------------------


def unit_of(clauses: Sequence[Clause]) -> str | None:
    """The school or office somebody works at, with a name of its own."""
    rules = people()["unit"]
    written = labelled(clauses, "unit")
    if written:
        match = _unit_shape().search(written)
        return (match[0] if match else written).removeprefix(rules["former"])
    for clause in clauses:
        if clause.label is None and not holds(clause.words, rules["elsewhere"]):
            for match in _unit_shape().finditer(clause.words):
                found = _unit_in(match["proper"], match["kind"], clause.words[match.end() :])
                if found:
                    return found
    return None


@cache
def _unit_shape() -> re.Pattern[str]:
    kinds = "|".join(sorted(people()["unit"]["kinds"], key=len, reverse=True))
    tail = people()["unit"]["tail"].replace("KINDS", kinds)
    return re.compile(rf"(?P<proper>[\u4e00-\u9fff0-9·]{{0,20}}?)(?P<kind>(?:{kinds}){tail})")


def _unit_in(before: str, kind: str, after: str) -> str | None:
    """The name without what leads up to it; nothing for 一所乡镇初中."""
    rules = people()["unit"]
    proper = pattern(rules["lead"]).sub("", before)
    if holds(proper, rules["story"]):
        return None
    if not proper and kind in rules["offices"]:
        return kind if not after or after.startswith(rules["belongs"]) else None
    if kind in rules["plain"] and after and not after.startswith(rules["belongs"]) and _is_place(proper):
        return None
    named = any_of(tuple(rules["generic"])).sub("", proper)
    enough = len(named) >= (RANGE if kind in rules["plain"] else 1)
    return proper + kind if enough or (proper in rules["kept"] and kind not in rules["plain"]) else None


def _is_place(words: str) -> bool:
    rules = people()["cities"]
    return bool(_city_pattern(rules["place"]).match(words)) or words in rules["provinces"]


# --- home -------------------------------------------------------------------------------------------------


@cache
def _city_pattern(source: str) -> re.Pattern[str]:
    rules = people()["cities"]
    names = f"(?:{'|'.join(sorted(rules['names'], key=len, reverse=True))})(?!{rules['street']})"
    province = rules["province"].replace("NAMES", "|".join(rules["provinces"]))
    return re.compile(source.replace("PROVINCE", province).replace("CITY", names))


def city_of(clauses: Sequence[Clause], unit: str | None) -> str | None:
    """Where somebody works or lives: by label, by the school's name, by what they say; the old home last."""
    rules = people()["cities"]
    for words in (labelled(clauses, "city"), unit):
        if words and (found := _city_at_start(words)):
            return found
    for words in (clause.words for clause in clauses if clause.label is None):
        for source in rules["patterns"]:
            match = _city_pattern(source).search(words)
            if match and not holds(words[: match.end()], rules["never"]):
                return match[1]
    for clause in clauses:
        match = _city_pattern(rules["home"]).search(clause.words)
        if match:
            return match[1]
    return None


def _city_at_start(words: str) -> str | None:
    match = _city_pattern(people()["cities"]["known"]).match(words)
    if match and (match[2] or match[0] == words or match[1] not in people()["cities"]["ambiguous"]):
        return match[1]
    match = _city_pattern(people()["cities"]["other"]).match(words)
    return match[1] if match else None


# --- title and years --------------------------------------------------------------------------------------


def title_of(clauses: Sequence[Clause]) -> str | None:
    """The professional title: a full one anywhere, a bare 一级 only where it can be nothing else."""
    rules = people()["title"]
    open_ = [clause for clause in clauses if clause.label == "title" or not holds(clause.words, rules["never"])]
    found = [match[0] for clause in open_ for match in any_of(tuple(rules["words"])).finditer(clause.words)]
    if found:
        return str(min(found, key=rules["words"].index))
    around = pattern(rules["around"].replace("WORDS", "|".join(rules["bare"])))
    for clause in open_:
        match = around.search(clause.words)
        if match:
            return str(rules["bare"][match[1]])
    written = labelled(clauses, "title") or ""
    return next((str(stored) for word, stored in rules["bare"].items() if written.startswith(word)), None)


def years_of(clauses: Sequence[Clause], today: date) -> int | None:
    """Years of service, counted or from the first year of work."""
    written = labelled(clauses, "years")
    if written and (match := pattern(f"({people()['years']['number']})").search(written)):
        return _years(match[1])
    return next(iter(_years_said(clauses, today)), None)


def _years_said(clauses: Sequence[Clause], today: date) -> list[int]:
    """Every reading of a clause as years of service: by pattern, then by clause."""
    rules = people()["years"]
    found: list[tuple[int, int | None]] = []
    before = ""
    for clause in clauses:
        words = clause.words
        since = first_group(rules["since"], words)
        found.append((0, _since(since, today) if since else None))
        if clause.label in (None, "title") and (holds(words, rules["unless"]) or not holds(words, rules["never"])):
            for rank, source in enumerate(rules["patterns"], 1):
                match = pattern(source.replace("N", rules["number"])).search(words)
                if match and not _is_stay(words, before, _years(match[1]), match[0] == words):
                    found.append((rank, _years(match[1])))
            found.append((LAST, _loose(words) if clause.label is None and not holds(words, rules["never"]) else None))
        before = words
    return [value for _, value in sorted(found, key=lambda pair: pair[0]) if value is not None]


def _loose(words: str) -> int | None:
    """音乐教研10年: longer than a stay would be."""
    rules = people()["years"]
    found = first_group([rules["loose"].replace("N", rules["number"])], words)
    value = _years(found) if found else None
    return value if value and value > rules["stay_years"] else None


def _is_stay(words: str, before: str, value: int | None, alone: bool) -> bool:
    """一年 on its own after 想再去一次 is how long the help may last."""
    rules = people()["years"]
    return alone and value is not None and value <= rules["stay_years"] and holds(before, rules["stay"])


def _years(word: str) -> int | None:
    few = len(word) == RANGE and not word.isascii() and all(numerals.value(char) in range(1, 10) for char in word)
    value = numerals.value(word[0] if few else word)
    return value if value is not None and 0 < value <= MOST else None


def _since(word: str, today: date) -> int | None:
    year = int(word) if len(word) == 4 else int(word) + (2000 if int(word) <= today.year % 100 else 1900)
    return today.year - year if 0 < today.year - year <= MOST else None


# --- how much, where to -------------------------------------------------------------------------------------


def capacity_of(clauses: Sequence[Clause]) -> int | None:
    """How many schools, apprentices or times somebody says they can take."""
    rules, number = people()["capacity"], people()["years"]["number"]
    written = labelled(clauses, "capacity")
    if written and (match := pattern(f"({number})").search(written)):
        return _places(match[1])
    for clause in clauses:
        if clause.label is None and not holds(clause.words, rules["never"]):
            found = first_group((source.replace("(N)", f"({number})") for source in rules["patterns"]), clause.words)
            if found:
                return _places(found)
    return None


def _places(word: str) -> int | None:
    value = numerals.value(word)
    return value if value is not None and 0 < value <= MOST_PLACES else None


@cache
def _region_run(lead: str) -> re.Pattern[str]:
    rules = people()["regions"]
    names = "|".join(sorted(rules["names"], key=len, reverse=True))
    return re.compile(f"{lead}((?:(?:{names}){rules['kind']}?{rules['joint']}?)+)")


def regions_of(clauses: Sequence[Clause]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Where somebody wants to go, and where they will not."""
    rules = people()["regions"]
    wanted: list[str] = []
    refused: list[str] = []
    for clause in clauses:
        words = clause.words
        if clause.label not in (None, "region") or holds(words, rules["past"]):
            continue
        no = [match[1] for match in _region_run(rules["no"]).finditer(words)]
        no += [match[1] for match in _region_run("").finditer(words) if _refused_after(words, match.end())]
        yes = [match[1] for match in _region_run("" if clause.label else rules["lead"]).finditer(words)]
        (refused if no else wanted).extend(name for run in no or yes for name in _names(run))
    return tuple(dict.fromkeys(name for name in wanted if name not in refused)), tuple(dict.fromkeys(refused))


def _refused_after(words: str, at: int) -> bool:
    return bool(pattern(people()["regions"]["after_no"]).match(words, at))


def _names(run: str) -> list[str]:
    return any_of(tuple(people()["regions"]["names"])).findall(run)


def altitude_of(chars: str) -> int | None:
    """Metres above which somebody will not work: as said, or the usual limit where they only say 高原去不了."""
    rules = people()["altitude"]
    plain = pattern(rules["thousands"]).sub(_metres, chars)
    found = first_group(rules["patterns"], plain)
    if found:
        return int(found)
    return int(rules["assumed"]) if any(pattern(source).search(plain) for source in rules["words"]) else None


def _metres(match: re.Match[str]) -> str:
    return str(1000 * (numerals.value(match[1]) or 0) + 100 * (numerals.value(match[2] or "") or 0))
