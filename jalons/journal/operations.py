"""Migration operations of the journal: the guard of what must not change without an event."""

from django.db.migrations.operations import RunSQL

WRITERS = (1_785_697, 1)
"""The advisory lock that each transaction shares from its first event to its end."""

NO_EVENT_YET = "current_setting('jalons.event', true) IS DISTINCT FROM pg_current_xact_id()::text"

MARK_FUNCTION = f"""
CREATE FUNCTION journal_mark_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared{WRITERS};
    PERFORM set_config('jalons.event', pg_current_xact_id()::text, true);
    RETURN NULL;
END
$$
"""

MARK_TRIGGER = (
    "CREATE TRIGGER mark_transaction BEFORE INSERT ON journal_event"
    " FOR EACH STATEMENT EXECUTE FUNCTION journal_mark_transaction()"
)

GUARD_FUNCTION = f"""
CREATE FUNCTION journal_require_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {NO_EVENT_YET} THEN
        RAISE EXCEPTION 'The table "%" was written in a transaction that appended no event.',
            TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$
"""


class Historise(RunSQL):
    """Refuses, at commit, a transaction that wrote `table` and appended no event.

    `table` is bare, in the search path. An event appended before the write costs nothing more: the
    trigger is not even queued (a savepoint that takes the event back takes the write back too).
    """

    def __init__(self, table: str) -> None:
        super().__init__(
            sql="CREATE CONSTRAINT TRIGGER historised"
            f' AFTER INSERT OR UPDATE OR DELETE ON "{table}"'
            " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
            f" WHEN ({NO_EVENT_YET}) EXECUTE FUNCTION journal_require_event()",
            reverse_sql=f'DROP TRIGGER historised ON "{table}"',
        )
