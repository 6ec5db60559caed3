"""Why a sign-in by a provider stopped, in words that say what to do."""

from dataclasses import dataclass

AGAIN = "Revenez à la connexion et recommencez."
TELL = "Prévenez l’administration de Jalons. En attendant, connectez-vous avec votre mot de passe."


@dataclass(frozen=True)
class Reason:
    title: str
    happened: str
    advice: str
    status: int


REASONS = {
    "denied": Reason(
        "La connexion n’a pas été autorisée",
        "Vous avez renoncé, ou le fournisseur d’identité n’a pas accepté.",
        "Recommencez si c’était une erreur, ou connectez-vous autrement.",
        403,
    ),
    "expired": Reason(
        "Cette connexion ne peut pas continuer",
        "Elle a déjà servi, elle a duré plus d’un quart d’heure, ou elle a commencé dans un autre"
        " navigateur.",
        AGAIN,
        400,
    ),
    "replayed": Reason(
        "Cette réponse ne correspond pas à votre demande",
        "Le fournisseur a répondu à une autre demande que la vôtre.",
        f"{AGAIN} Si vous n’aviez rien demandé, fermez cette page.",
        400,
    ),
    "issuer": Reason(
        "La réponse vient d’ailleurs",
        "Elle n’est pas signée au nom du fournisseur d’identité choisi, ou ne s’adresse pas à"
        " Jalons.",
        TELL,
        400,
    ),
    "signature": Reason(
        "La réponse n’a pas pu être vérifiée",
        "La signature du fournisseur d’identité n’est pas la bonne.",
        f"Recommencez dans une minute. Si cela se répète\u00a0: {TELL[0].lower()}{TELL[1:]}",
        400,
    ),
    "clock": Reason(
        "Les horloges ne sont pas d’accord",
        "La réponse du fournisseur d’identité est périmée, ou datée de plus tard que maintenant.",
        f"Recommencez dans une minute. Si cela se répète\u00a0: {TELL[0].lower()}{TELL[1:]}",
        400,
    ),
    "answer": Reason(
        "Le fournisseur d’identité a mal répondu",
        "Sa réponse est incomplète ou illisible.",
        f"Recommencez. Si cela se répète\u00a0: {TELL[0].lower()}{TELL[1:]}",
        400,
    ),
    "silence": Reason(
        "Le fournisseur d’identité ne répond pas",
        "Son service est arrêté, ou le réseau ne le joint pas.",
        "Réessayez dans quelques minutes, ou connectez-vous avec votre mot de passe.",
        503,
    ),
    "closed": Reason(
        "Votre compte n’est pas ouvert",
        "Le fournisseur d’identité vous a reconnu, mais aucun compte ouvert ne correspond.",
        "Demandez à votre structure ou à la coordination de votre territoire.",
        403,
    ),
    "other": Reason(
        "Ce n’est pas la même personne",
        "Le fournisseur d’identité a reconnu quelqu’un d’autre, ou n’a pas redemandé à l’instant"
        " les deux facteurs.",
        "Recommencez, et choisissez chez lui l’identité reliée à ce compte.",
        403,
    ),
    "taken": Reason(
        "Cette identité est déjà reliée à un compte",
        "Une identité ne peut ouvrir qu’un seul compte.",
        "Retirez-la d’abord de l’autre compte, ou demandez à l’administration de Jalons.",
        409,
    ),
}


class Refused(Exception):
    """A sign-in stops; `reason` is a key of REASONS. It carries nothing about anybody."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = REASONS[reason]
