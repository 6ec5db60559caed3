"""The consultations in their own schema, by month; row-level security of this room.

A row is inserted under the name of the account in context only (or of nobody: a refused stranger),
and read by its territory. Neither role may change one.
"""

from django.conf import settings
from django.db import migrations

from jalons.journal.operations import Historise
from jalons.kernel.row_security import ACCOUNT, TERRITORIES, AppendOnly, ProtectRows

ROLES = sorted({settings.APPLICATION_ROLE, settings.WHOLE_ROLE})

TABLE = """
CREATE SCHEMA IF NOT EXISTS consultations;
CREATE TABLE consultations.consultation (
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    territory smallint,
    account uuid,
    mandate uuid,
    organization uuid,
    page varchar(80) NOT NULL,
    act varchar(60) NOT NULL,
    level varchar(10) NOT NULL,
    person uuid,
    listed uuid[],
    reason varchar(60) NOT NULL,
    refused boolean NOT NULL,
    PRIMARY KEY (at, id)
) PARTITION BY RANGE (at);
CREATE INDEX consultation_of_person ON consultations.consultation (person, at)
    WHERE person IS NOT NULL;
CREATE INDEX consultation_by_account ON consultations.consultation (account, at);
CREATE INDEX consultation_listed ON consultations.consultation USING gin (listed)
    WHERE listed IS NOT NULL;
CREATE TABLE consultations.consultation_other PARTITION OF consultations.consultation DEFAULT;
ALTER TABLE consultations.consultation ENABLE ROW LEVEL SECURITY;
ALTER TABLE consultations.consultation FORCE ROW LEVEL SECURITY;
"""

POLICIES = f"""
CREATE POLICY written ON consultations.consultation FOR INSERT
    WITH CHECK (account IS NOT DISTINCT FROM {ACCOUNT});
CREATE POLICY read ON consultations.consultation FOR SELECT
    USING (territory = ANY({TERRITORIES}));
"""

GRANTS = [
    statement
    for role in ROLES
    for statement in (
        f'GRANT USAGE ON SCHEMA consultations TO "{role}"',
        f'GRANT SELECT, INSERT ON consultations.consultation TO "{role}"',
    )
]


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial"), ("journal", "0001_initial")]

    operations = [
        migrations.RunSQL(TABLE, "DROP SCHEMA consultations CASCADE"),
        migrations.RunSQL(POLICIES, migrations.RunSQL.noop),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
        AppendOnly("consultations.consultation"),
        ProtectRows("access_breakglass", territory="territory"),
        ProtectRows("access_draft", territory="territory", also=[f"account = {ACCOUNT}"]),
        Historise("access_breakglass"),
    ]
