from enum import Enum


class Outcome(Enum):
    """What an act that may find everything done already has changed."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
