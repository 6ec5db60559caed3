"""Somebody expected in a team of the demo, at each step of their answer."""

from collections.abc import Callable
from secrets import token_hex
from uuid import UUID, uuid4

from django.urls import reverse
from playwright.sync_api import BrowserContext

from jalons.territories.team.actions.send_invitation import digest_of
from tests.demo_site import Site
from tests.pages.agents import enrol
from tests.pages.prepared import post

INVITATION = """
WITH told AS (
    INSERT INTO journal_event (id, recorded_at, occurred_at, kind, territory, object_kind,
        dimensions, position)
    SELECT %s, now(), now(), 'territories.invitation_prepared', mandate.territory_id, 'invitation',
        '{}', nextval('journal_event_position')
    FROM territories_mandate mandate JOIN accounts_account account
        ON account.id = mandate.account_id
    WHERE account.email = %s
)
INSERT INTO territories_invitation (id, recorded_at, territory_id, organization_id, role, field,
    email, given_name, family_name, function, sent_at, sent_by_id, token_digest)
SELECT %s, now(), mandate.territory_id, mandate.organization_id, %s, '', %s, 'Noé', 'Perrin', '',
    now(), mandate.id, %s
FROM territories_mandate mandate JOIN accounts_account account ON account.id = mandate.account_id
WHERE account.email = %s
"""
"""As the owner role: sent by a manager of the demo to somebody, under a role."""


def invited(site: Site, email: str = "", role: str = "clerk") -> tuple[UUID, str]:
    """The key and the token of an invitation of the manager's team."""
    key, token = uuid4(), token_hex(16)
    sender = site.cast.email("manager")
    address = email or f"{token_hex(6)}@structure.example"
    values = [str(uuid4()), sender, str(key), role, address, digest_of(token), sender]
    site.write(INVITATION, values)
    return key, token


def waiting_invitation(name: str) -> Callable[[Site, BrowserContext], str]:
    """The page `name`, with somebody who has not answered."""

    def path(site: Site, context: BrowserContext) -> str:
        key, _ = invited(site)
        return reverse(name, args=[key] if name.endswith(":invitation") else [])

    return path


def an_open_invitation(site: Site, context: BrowserContext) -> str:
    return reverse("territories:invitation_link", args=[invited(site)[1]])


def an_answer(site: Site, context: BrowserContext) -> str:
    """The link was opened, by somebody who is not signed in or has another e-mail."""
    path = an_open_invitation(site, context)
    post(context.request, path, path, expected=(200, 409))
    return reverse("territories:invitation_answer")


another_s_answer = an_answer


def an_invited_email(site: Site, context: BrowserContext) -> str:
    """The link was opened by somebody new, signed in under the invited e-mail."""
    _, token = invited(site, enrol(site, context), "practitioner")
    path = reverse("territories:invitation_link", args=[token])
    post(context.request, path, path)
    return reverse("territories:invitation_answer")


def a_mandate(site: Site, context: BrowserContext) -> str:
    return reverse("territories:mandate", args=[site.cast.mandate("practitioner")])


def a_structure(site: Site, context: BrowserContext) -> str:
    return reverse("territories:professionals", args=[site.cast.organization("practitioner")])
