"""Professionals made for one scenario, written by the owner role: a session needs no more."""

from uuid import uuid4

from jalons.accounts.charter import VERSION
from tests.demo_site import Site

ACCOUNT = """
INSERT INTO accounts_account (id, recorded_at, password, email, given_name, family_name)
VALUES (%s, now(), '!', %s, 'Inès', 'Marchal')
"""
CHARTER = """
INSERT INTO accounts_charteracceptance (id, recorded_at, account_id, version, accepted_at)
VALUES (%s, now(), %s, %s, now())
"""
MANDATE = """
WITH told AS (
    INSERT INTO journal_event (id, recorded_at, occurred_at, kind, territory, object_kind,
        dimensions, position)
    SELECT %s, now(), now(), 'territories.mandate_opened', model.territory_id, 'mandate', '{}',
        nextval('journal_event_position')
    FROM territories_mandate model JOIN accounts_account account ON account.id = model.account_id
    WHERE account.email = %s
)
INSERT INTO territories_mandate (id, recorded_at, account_id, territory_id, organization_id, role,
    field, starts_on, words)
SELECT %s, now(), %s, model.territory_id, model.organization_id, %s, '', current_date - %s,
    'marchal ines'
FROM territories_mandate model JOIN accounts_account account ON account.id = model.account_id
WHERE account.email = %s
"""


def hire(site: Site, local: str, *posts: tuple[str, str]) -> None:
    """An account that accepted the charter, with a mandate a post: a role, and beside whom."""
    account = str(uuid4())
    site.write(ACCOUNT, [account, site.cast.email(local)])
    site.write(CHARTER, [str(uuid4()), account, VERSION])
    for rank, (role, beside) in enumerate(posts):
        email, days = site.cast.email(beside), len(posts) - rank
        values = [str(uuid4()), email, str(uuid4()), account, role, days, email]
        site.write(MANDATE, values)
