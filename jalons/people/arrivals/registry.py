"""What persons who come by files bring to the other rooms."""

from jalons.access.objects import Act, register_act
from jalons.access.table import (
    ATTACH_FROM_FILE,
    CREATE_FROM_FILE,
    RECEIVE_FROM_FILE,
    TAKE_FROM_FILE,
)

for name, label, kind in [
    (CREATE_FROM_FILE, "Créer les personnes d’un fichier", "consortium"),
    (TAKE_FROM_FILE, "Mettre à jour une personne par un fichier", "person"),
    (ATTACH_FROM_FILE, "Changer qui accompagne une personne par un fichier", "person"),
    (RECEIVE_FROM_FILE, "Rattacher des personnes à une structure par un fichier", "organization"),
]:
    register_act(Act(name, label, kind))
