"""The consortium of a territory, its organizations, and the mandates that accounts hold there."""

from .calendar import Action, Milestone
from .consortium import Axis, Convention, Membership, NationalAxis, YearlyGoal
from .mandates import Invitation, Mandate
from .organizations import OpeningHours, Organization, Reception, Weekday
from .settings import SettingValue
from .territory import Territory

__all__ = [
    "Action",
    "Axis",
    "Convention",
    "Invitation",
    "Mandate",
    "Membership",
    "Milestone",
    "NationalAxis",
    "OpeningHours",
    "Organization",
    "Reception",
    "SettingValue",
    "Territory",
    "Weekday",
    "YearlyGoal",
]
