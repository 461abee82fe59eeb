"""The vocabulary behind buttons: a slot's terms by their ASCII ids."""

from typing import Literal

import matching
from services.errors import NotYours

KINDS: dict[str, Literal["subject", "mode", "stage"]] = {"what": "subject", "form": "mode", "stage": "stage"}


def name_of(slot: str, ident: str) -> str:
    """The stored word behind `ident`. Raises NotYours for what no button of ours carries."""
    for name, known in matching.term_names(KINDS[slot]).items() if slot in KINDS else ():
        if known == ident:
            return name
    raise NotYours
