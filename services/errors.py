"""Expected trouble. Services raise, views word it by `error-<key>`, nothing is committed.

ServiceError
├── NotYours     not this person's, or not there: the answer is the same for both
└── Refused      the world does not allow it, with a key that says why
"""


class ServiceError(Exception):
    """Something a person can be told about in plain words."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class NotYours(ServiceError):
    """The object is somebody else's or does not exist."""

    def __init__(self) -> None:
        super().__init__("not-yours")


class Refused(ServiceError):
    """The step is not possible now."""
