"""Why two records may be one person's, in words."""

_WORDS = {
    "same_family": "même nom",
    "near_family": "nom presque identique",
    "far_family": "nom ressemblant",
    "other_family": "nom différent",
    "no_family": "nom absent d’un côté",
    "same_given": "même prénom",
    "near_given": "prénom presque identique",
    "far_given": "prénom ressemblant",
    "other_given": "prénom différent",
    "no_given": "prénom absent d’un côté",
    "crossed_names": "nom et prénom inversés",
    "same_day": "même date de naissance",
    "swapped_day": "jour et mois inversés",
    "new_year": "même année, jour inconnu d’un côté",
    "one_digit": "un chiffre de la date diffère",
    "other_day": "date de naissance différente",
    "no_day": "date de naissance inconnue d’un côté",
    "same_commune": "même commune",
    "same_street": "même adresse",
    "near_street": "adresse ressemblante",
    "nir": "même numéro de sécurité sociale",
    "ft": "même identifiant France Travail",
    "si": "même identifiant dans le système d’information",
    "caf": "même numéro CAF",
    "msa": "même numéro MSA",
    "mobile": "même téléphone mobile",
    "landline": "même téléphone fixe",
    "email": "même courriel",
    "other_nir": "numéros de sécurité sociale différents",
    "other_si": "identifiants différents dans le système d’information",
}


def in_words(code: str) -> str:
    """« même nom » for "same_family". Raises KeyError."""
    return _WORDS[code]
