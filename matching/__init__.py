"""The engine: text in, orders out; orders and teachers in, explained rankings out.

Pure: no database, no Telegram, no files but its own lexicon, no clock (today is an argument).
Start with `read`, `Pool` and `rank`; the vocabulary lives in lexicon/*.toml, where people can correct it.
"""

from matching.dates import last_day, placement_dates, start_window, window
from matching.profiles.profile import read_profile, read_rating
from matching.ranking.pool import Pool
from matching.ranking.rank import rank
from matching.ranking.stored import StoredTeacher, stored, vocabulary_version
from matching.reading.read import read, read_as_need, read_reply
from matching.reading.shifts import Shift, read_shift
from matching.terms import mode_names, mode_traits, stage_names, subject_names, term_id, term_names
from matching.types import Candidate, ModeTraits, NeedFields, Part, Ranking, Reading, Site, Span, TeacherFields

__all__ = [
    "Candidate",
    "ModeTraits",
    "NeedFields",
    "Part",
    "Pool",
    "Ranking",
    "Reading",
    "Shift",
    "Site",
    "Span",
    "StoredTeacher",
    "TeacherFields",
    "last_day",
    "mode_names",
    "mode_traits",
    "placement_dates",
    "rank",
    "read",
    "read_as_need",
    "read_profile",
    "read_rating",
    "read_reply",
    "read_shift",
    "stage_names",
    "start_window",
    "stored",
    "subject_names",
    "term_id",
    "term_names",
    "vocabulary_version",
    "window",
]
