"""What the engine can say without words: kinds of reading, parts of a score, reasons for leaving somebody out."""

from matching.ranking.parts import weights
from tests.words.uses import ROOT, keys_set_in, python_files

EVAL = ROOT / "tests" / "matching" / "eval"
KINDS = {"need", "offer", "resource", "question", "complaint", "greeting", "spam"}  # matching.types.Reading
RELAX = ("dates", "form", "stage", "subject")  # matching.types.Candidate
NO_ACCOUNT = "no-account"  # services.proposals adds it: an offer can only go to somebody who can answer
NOT_PARTS = {"titles", "near", "marks"}  # tables of weights.toml that are not a part
NOT_LEVELS = {"more", "firm", "most"}  # how the points of several topics, or of several signs, add up

PARTS = {
    (name, level) for name, table in weights().items() if name not in NOT_PARTS for level in table.keys() - NOT_LEVELS
}
EXCLUDED = keys_set_in("excluded", python_files("matching/ranking/rank.py", "matching/ranking/shortlist.py")) | {
    NO_ACCOUNT
}
# Values of a part, whichever it needs.
EXAMPLE = {
    "subject": "数学",
    "asked": "物理",
    "stage": "小学",
    "form": "线上",
    "topic": "计算教学",
    "words": "口算天天批",
    "date": "2027-03-01",
    "days": "12",
    "load": "1",
    "capacity": "2",
    "title": "一级教师",
    "years": "15",
    "place": "昭觉县",
    "mean": "4.6",
    "n": "5",
}
