from .account import (
    Account,
    AccountLink,
    CharterAcceptance,
    RecoveryCode,
    SecondFactor,
    Tries,
)
from .federation import FederatedIdentity, Provider
from .session import Session

__all__ = [
    "Account",
    "AccountLink",
    "CharterAcceptance",
    "FederatedIdentity",
    "Provider",
    "RecoveryCode",
    "SecondFactor",
    "Session",
    "Tries",
]
