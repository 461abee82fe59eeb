"""What the engine can say without words: kinds of reading, parts of a score, reasons for leaving somebody out."""

from itertools import product

from tests.words.uses import ANY, calls, python_files

MATCHING = python_files("matching")
KINDS = {"need", "offer", "resource", "question", "complaint", "greeting", "spam"}  # matching.types.Reading
RELAX = ("dates", "form", "stage", "subject")  # matching.types.Candidate
NO_ACCOUNT = "no-account"  # services.proposals adds it: an offer can only go to somebody who can answer


def _parts() -> set[tuple[str, str]]:
    names, levels = calls(["Part"], MATCHING, 0), calls(["Part"], MATCHING, 1)
    return {(name, level) for name, level in product(names, levels) if ANY not in name + level}


PARTS = _parts()
EXCLUDED = {NO_ACCOUNT}
EXAMPLE: dict[str, str] = {}  # values of a part, whichever it needs
