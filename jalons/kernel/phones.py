"""Telephone numbers: kept in the E.164 form, shown as in France."""

import re
from functools import lru_cache

import phonenumbers

REGIONS = ("FR", "RE", "GP", "MQ", "GF", "YT")
"""Where a number without country code may be from, in the order in which it is tried."""
LONGEST = 15
"""Digits of a phone number, country included (E.164)."""
_FICTION = re.compile(r"\+336399800\d\d")
"""06 39 98 00 xx: the numbers that the regulator keeps for fiction, hence for the demo."""
_FICTION_STARTS = "063998"
_NATIONAL = re.compile(r"0[1-9][0-9]{8}")
_TELLING = 6
"""Digits of a national number that tell a region and a kind, in the plans of all the regions."""
_BETWEEN_DIGITS = re.compile(r"[ .\-]")
_BETWEEN = re.compile(r"[,;|\n]|\bou\b|\bet\b")


def phones(text: str) -> tuple[list[str], bool]:
    """The valid numbers of a cell in the E.164 form, and whether all of them were."""
    found = [
        phone(number)
        for part in _BETWEEN.split(text)
        for number in _slashed(part)
        if number.strip()
    ]
    return list(dict.fromkeys(filter(None, found))), all(found)


def _slashed(text: str) -> list[str]:
    """A slash stands between two numbers, or between the pairs of one."""
    return text.split("/") if sum(map(str.isdigit, text)) > LONGEST else [text]


def phone(text: str) -> str:
    """The E.164 form, or "" when no region makes it valid."""
    digits = _BETWEEN_DIGITS.sub("", text)
    if _NATIONAL.fullmatch(digits) and _FICTION.fullmatch(f"+33{digits[1:]}"):
        return f"+33{digits[1:]}"
    if _NATIONAL.fullmatch(digits) and not digits.startswith(_FICTION_STARTS):
        country = _country(digits[:_TELLING])
        return f"{country}{digits[1:]}" if country else ""
    return _parsed(text)


@lru_cache(maxsize=100_000)
def _country(start: str) -> str:
    """« +33 » for « 061234 »: these digits alone tell whether a national number is valid."""
    return _parsed(f"{start}1234").removesuffix(f"{start[1:]}1234")


def _parsed(text: str) -> str:
    for region in REGIONS:
        try:
            number = phonenumbers.parse(text[:60], region)
        except phonenumbers.NumberParseException:
            continue
        form = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        if phonenumbers.is_valid_number(number) or _FICTION.fullmatch(form):
            return form
    return ""


def shown(number: str) -> str:
    """« 06 39 98 00 11 »; abroad, with the country's code. What is no number stays as it is."""
    try:
        parsed = phonenumbers.parse(number, REGIONS[0])
    except phonenumbers.NumberParseException:
        return number
    national = parsed.country_code == phonenumbers.country_code_for_region(REGIONS[0])
    form = phonenumbers.PhoneNumberFormat
    return str(
        phonenumbers.format_number(parsed, form.NATIONAL if national else form.INTERNATIONAL)
    )
