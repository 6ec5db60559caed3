"""Why somebody consulted a file, as it is told to the person and their référent.

The policy's own words speak to the reader of a page (« vous accompagnez cette personne »); these
speak of them. A test of the rights holds both together.
"""

FOLLOWS = "accompagne la personne"
REFERENT = "référent·e de parcours de la personne"
THEIR_STRUCTURE = "sa structure accompagne la personne"
URGENT = "accès urgent, pour trois heures"
NAMED = "désigné·e pour cette information"
ANSWERS_FOR_DATA = "répond de la protection des données"
NOBODY_FOLLOWS = "personne n’accompagne la personne"

REASONS = {
    "list": "la personne figurait dans la liste",
    "search": "la personne ressemblait à celle qui était cherchée",
    "link": "par le lien donné à la personne",
    "in_consortium": "a cherché la personne, connue du consortium",
    "follows": FOLLOWS,
    "follows_to_write": FOLLOWS,
    "is_referent": REFERENT,
    "reads_sealed": NAMED,
    "broke_glass": URGENT,
    "followed_by_organization": THEIR_STRUCTURE,
    "referent_of_organization": "le référent de parcours est de sa structure",
    "entered_at_organization": "la personne attendait un premier entretien dans sa structure",
    "assigned_to_organization": "la personne est orientée vers sa structure",
    "open_entry": "la personne attendait d’être orientée",
    "open_reorientation": "une réorientation était demandée",
    "to_unblock": "la situation était à débloquer",
    "protects_data": ANSWERS_FOR_DATA,
    "unreachable": "le dossier n’avait aucun moyen de contact",
    "unconfirmed": "un statut était à confirmer",
    "document_follows": FOLLOWS,
    "document_reads_sealed": NAMED,
    "document_broke_glass": URGENT,
    "document_followed_by_organization": THEIR_STRUCTURE,
    "document_entered_at_organization": (
        "la personne attendait un premier entretien dans sa structure"
    ),
    "document_of_referent": REFERENT,
    "private_document": "document gardé pour son auteur·rice",
    "written_document": "a ajouté le document",
    "front_desk_document": "a ajouté le document à l’accueil de la personne",
    "withdrew_document": "venait de retirer le document",
    "own_follow_up": "c’est son propre suivi",
    "follow_up_of_organization": "c’est un suivi de sa structure",
    "own_request": "c’est sa propre demande",
    "request_to_referent": REFERENT,
    "request_to_manager": THEIR_STRUCTURE,
    "request_to_dispatcher": NOBODY_FOLLOWS,
    "change_to_referent": REFERENT,
    "change_to_manager": "sa structure répond du dossier",
    "own_change": "a proposé cette correction",
    "intake_at_door": "la demande était adressée à sa structure",
    "intake_of_territory": "la demande était adressée au territoire",
    "pair_of_territory": "deux dossiers du territoire se ressemblent",
    "pair_of_owner": REFERENT,
    "pair_of_both": REFERENT,
    "merge_of_territory": "deux dossiers du territoire étaient réunis",
    "merge_of_referent": REFERENT,
    "pair_of_referent": "référent·e de parcours de l’une des deux personnes",
    "own_reorientation": "a demandé la réorientation",
    "reorientation_of_territory": "la réorientation est demandée dans le territoire",
    "own_export": "a demandé cette copie",
    "request_to_handle": ANSWERS_FOR_DATA,
}


def reason_label(reason: str) -> str:
    """« aucun lien » for what was refused."""
    return REASONS.get(reason, "aucun lien")
