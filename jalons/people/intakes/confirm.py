"""The e-mail that says a request arrived: it names nobody, nor what was asked."""

from uuid import UUID

from jalons.kernel import mail

from ..models import Intake
from ..models.entry import Origin
from .places import answer_days
from .said import said_in

SUBJECT = "Votre message est bien arrivé"
BODY = """Bonjour,

Votre message est bien arrivé. Une réponse vous parviendra sous {days} jours.

Vous n’avez rien d’autre à faire. Ne répondez pas à ce courriel : personne ne le lirait.
"""


def confirm(key: UUID, territory: int) -> None:
    """Nothing is written to whom somebody else signalled, nor to who wants no message.

    Raises what `mail.send` raises.
    """
    row = Intake.objects.filter(pk=key, origin=Origin.SELF).first()
    said = said_in(row) if row else None
    if said and said.email and said.message:
        mail.send(said.email, SUBJECT, BODY.format(days=answer_days(territory)))
