from django.db import models


class Role(models.TextChoices):
    """The role of a mandate: what an account does in an organisation."""

    PRACTITIONER = "practitioner", "Accompagnant·e"
    MANAGER = "manager", "Responsable de structure"
    CLERK = "clerk", "Secrétariat, accueil"
    DISPATCHER = "dispatcher", "Chargé·e d’orientation"
    COORDINATOR = "coordinator", "Coordinateur·rice SPIE"
    FACILITATOR = "facilitator", "Animateur·rice d’instance"
    COMPANY_LEAD = "company_lead", "Référent·e entreprises"
    NETWORK_LEAD = "network_lead", "Référent·e partenariats"
    STEERING = "steering", "Membre du comité de pilotage"
    OBSERVER = "observer", "Observateur régional ou national"
    PLATFORM_ADMIN = "platform_admin", "Administrateur technique"


class Field(models.TextChoices):
    """What a mandate is competent for."""

    SOCIAL = "social", "Social"
    PROFESSIONAL = "professional", "Professionnel"
    BOTH = "both", "Social et professionnel"
