"""Monthly partitions of the consultations, made ahead by `prepare_database`."""

from datetime import date

from django.db import connections

from jalons.kernel import clock

AHEAD = 24
"""Months made ahead; a row beyond them falls into the default partition, and is not lost."""


def ensure_partitions(alias: str) -> None:
    """Creates the partitions of this month and the next ones, as the owner of the tables."""
    month = clock.today().replace(day=1)
    with connections[alias].cursor() as cursor:
        cursor.execute(_MAKE_MONTH)
        for _ in range(AHEAD):
            following = _next(month)
            cursor.execute(
                "SELECT pg_temp.make_month(%s, %s, %s)",
                [f"consultation_{month:%Y_%m}", month, following],
            )
            month = following


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


_MAKE_MONTH = """
CREATE OR REPLACE FUNCTION pg_temp.make_month(name text, first date, next date) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF to_regclass('consultations.' || name) IS NULL AND NOT EXISTS (
        SELECT 1 FROM consultations.consultation_other WHERE at >= first AND at < next
    ) THEN
        EXECUTE format(
            'CREATE TABLE consultations.%I PARTITION OF consultations.consultation'
            ' FOR VALUES FROM (%L) TO (%L)', name, first, next);
    END IF;
END
$$
"""
