from jalons.access import undo
from jalons.access.objects import Act, register_act
from jalons.kernel import encrypted

from .actions.change_status import reopen
from .contents import PURPOSE

for name, label in [
    ("people.record_status", "Enregistrer un statut"),
    ("people.change_status", "Corriger ou terminer un statut"),
    ("people.name_reader", "Désigner qui lit ce qui est scellé"),
]:
    register_act(Act(name, label, "person"))
undo.register("people.status_ended", reopen)
encrypted.declare("people.Status.cipher", PURPOSE)
