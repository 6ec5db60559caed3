"""Pure rules about agreements and objections: states, and what each changes, said in words."""

from collections.abc import Sequence
from datetime import date

from jalons.access.roles import Role
from jalons.access.transitions import Transition, Workflow

AGREE, WITHDRAW = "people.record_agreement", "people.withdraw_agreement"
OBJECT, LIFT = "people.record_objection", "people.lift_objection"
INFORM = "people.record_information"
LINK = "people.own_agreement"

RECORDERS = frozenset({Role.PRACTITIONER})
AGREEMENT = Workflow(
    "agreement",
    "Accord de partage",
    {
        "asked": "Demandé à la personne",
        "in_force": "En vigueur",
        "refused": "Refusé",
        "withdrawn": "Retiré",
        "ended": "Terminé",
    },
    (
        Transition("people.answer_agreement", ("asked",), "in_force", condition="par son lien"),
        Transition("people.refuse_agreement", ("asked",), "refused", condition="par son lien"),
        Transition(WITHDRAW, ("in_force",), "withdrawn", RECORDERS),
    ),
)
OBJECTION = Workflow(
    "objection",
    "Opposition",
    {"in_force": "En vigueur", "lifted": "Levée"},
    (Transition(LIFT, ("in_force",), "lifted", RECORDERS, "par le référent de parcours"),),
)


def agreement_state(ends_on: date | None, withdrawn_on: date | None, day: date) -> str:
    if withdrawn_on:
        return "withdrawn"
    return "ended" if ends_on and ends_on <= day else "in_force"


def objection_state(lifted_on: date | None) -> str:
    return "lifted" if lifted_on else "in_force"


def listed(names: Sequence[str]) -> str:
    """« A, B et C »."""
    parts = [", ".join(names[:-1]), names[-1]] if len(names) > 1 else names
    return " et ".join(parts)


def objection_consequences(structure: str, domain: str) -> list[str]:
    """What an objection changes from now on; empty for what it does not speak of."""
    if domain and structure:
        return [
            f"{structure} ne verra plus ce qui relève du sujet « {domain} ».",
            "Les autres structures gardent leurs accès.",
        ]
    if domain:
        return [
            f"Personne d’autre que le référent de parcours ne verra le sujet « {domain} ».",
            "Le reste du dossier reste partagé avec l’équipe.",
        ]
    return [
        f"{structure} ne verra plus le dossier : ni identité, ni portrait, ni documents.",
        "Les liens que ses professionnels ont donnés à la personne ne fonctionneront plus.",
        "Le référent de parcours pourra lever l’opposition si la personne le demande.",
    ]


WITHDRAWAL_CONSEQUENCES = (
    "Sans accord en vigueur, la règle commune s’applique : les professionnels qui accompagnent la"
    " personne lisent ce qui leur est utile. Pour fermer le dossier à une structure, enregistrez"
    " une opposition."
)


def agreement_text(structures: Sequence[str], domains: Sequence[str], until: str) -> list[str]:
    """What a person is asked, as they read it: its digest is kept with their answer."""
    who = listed(structures) if structures else "toutes les structures qui vous accompagnent"
    what = (
        f"ce qui concerne : {listed(domains)}"
        if domains
        else "votre portrait, votre parcours et vos rendez-vous"
    )
    end = f"jusqu’au {until}" if until else "sans date de fin"
    referent = (
        "Les autres structures ne le liront pas. Votre référent de parcours lit tout le dossier,"
        " sauf ce qui est scellé pour d’autres."
    )
    return [
        f"Voulez-vous que {who} puisse lire {what} ?",
        referent,
        f"Votre accord vaut {end}.",
        "Vous pouvez changer d’avis à tout moment : dites-le à la personne qui vous accompagne.",
        "Refuser ne change rien à vos droits ni à votre accompagnement.",
    ]
