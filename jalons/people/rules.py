"""Pure rules about persons."""

from datetime import date


def initials(given_name: str, family_name: str) -> str:
    """« M. R. »: all that the masked line says of a name."""
    return " ".join(
        f"{name.strip()[0].upper()}." for name in (given_name, family_name) if name.strip()
    )


def years_before(day: date, years: int) -> date:
    """The same day `years` before; 29 February becomes 1 March, as a birthday does in law."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)
