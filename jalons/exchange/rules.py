"""What an import may become, how long its file is kept, and what a remark asks for."""

from datetime import timedelta

from jalons.access.roles import Role
from jalons.access.transitions import Transition, Workflow

KEPT = timedelta(days=7)
"""How long a file is kept, encrypted, before it is erased whatever became of it."""
MOST_WAITING = 10
"""Files of one account that may wait to be imported."""
STILL = timedelta(minutes=2)
"""Without a row settled for so long, an import is taken for stopped."""

REASONS = {"row": "Ligne d’origine", "why": "Motif du refus"}
"""The columns that we add to the rows left out; they come back with them, and say nothing."""
KINDS = {
    "structures": "Structures",
    "professionnels": "Professionnels",
    "beneficiaires": "Bénéficiaires",
    "reorientations": "Réorientations",
    "rattachements": "Rattachements",
    "caf-rsa": "Flux RSA de la CAF ou de la MSA",
    "france-travail": "France Travail",
}
AS_RECEIVED = frozenset({"caf-rsa"})
"""The files that nobody fills in or corrects: they have no model, and no list of columns."""
IMPORTERS = frozenset({Role.COORDINATOR, Role.DISPATCHER, Role.MANAGER})
CHECK, FINISH, REFUSE, EXPIRE = "check", "finish", "refuse", "expire"
APPLY, CANCEL = "exchange.apply_import", "exchange.cancel_import"
UPLOAD = "exchange.upload_file"
MAP = "exchange.map_columns"
UNMAPPED, RECEIVED = "unmapped", "received"
RUNNING = ("received", "applying")
"""The states in which the platform works."""
WAITING = ("unmapped", "received", "checked")

IMPORT = Workflow(
    "import",
    "Import d’un fichier",
    {
        "unmapped": "Colonnes à reconnaître",
        "received": "Vérification en cours",
        "checked": "À importer",
        "applying": "Import en cours",
        "applied": "Terminé",
        "cancelled": "Annulé",
        "refused": "Arrêté\u00a0: mandat terminé",
        "expired": "Effacé sans être importé",
    },
    (
        Transition(
            MAP,
            ("unmapped",),
            "received",
            IMPORTERS,
            "toutes les colonnes obligatoires désignées",
        ),
        Transition(CHECK, ("received",), "checked", condition="mandat en vigueur"),
        Transition(
            APPLY,
            ("checked", "applying"),
            "applying",
            IMPORTERS,
            "fichier encore gardé\u00a0; un import arrêté reprend où il en était",
        ),
        Transition(FINISH, ("applying",), "applied", condition="toutes les lignes traitées"),
        Transition(
            CANCEL,
            ("unmapped", "received", "checked", "applying"),
            "cancelled",
            IMPORTERS,
            "entre deux lignes\u00a0; ce qui est fait reste fait",
        ),
        Transition(
            REFUSE,
            ("received", "applying"),
            "refused",
            condition="mandat terminé ou compte désactivé",
        ),
        Transition(
            EXPIRE,
            ("unmapped", "received", "checked", "applying"),
            "expired",
            condition="sept jours après l’envoi",
        ),
    ),
)

_ADVICE = {
    "empty": "Remplissez la cellule",
    "bad_date": "Écrivez la date comme 27/11/2026",
    "bad_checksum": "Vérifiez la cellule auprès de la structure",
    "bad_format": "Corrigez la cellule",
    "unknown_code": "Vérifiez le code",
    "unknown_reference": "Vérifiez l’orthographe",
    "conflict": "Choisissez ce qui est juste",
    "out_of_territory": "Vérifiez que cette structure vous concerne",
}
_EMPTIABLE = {"bad_date", "bad_checksum", "bad_format"}


def advice(kind: str, *, required: bool) -> str:
    """What to do about a remark of this kind, in a column that may be left empty or not."""
    emptied = kind in _EMPTIABLE and not required
    return f"{_ADVICE[kind]}, ou laissez-la vide." if emptied else f"{_ADVICE[kind]}."
