from jalons.access import transitions, undo
from jalons.access.objects import Act, register_act
from jalons.access.table import READ_ENTRY, SEE_LOAD
from jalons.journal import outbox

from .actions.assign import unassign
from .actions.distribute import said_of_undone, undo_distribution
from .actions.progress import reopen_entry
from .rules import ENTRY

for name, label in [
    (READ_ENTRY, "Lire une entrée"),
    ("people.assign_entry", "Attribuer une entrée"),
    ("people.close_entry", "Clore une entrée"),
    ("people.hold_first_interview", "Tenir le premier entretien"),
]:
    register_act(Act(name, label, "person"))
register_act(Act(SEE_LOAD, "Lire la charge des structures", "organization"))
undo.register("people.entry_assigned", unassign)
undo.register("people.entries_distributed", undo_distribution)
undo.say("people.distribution_undone", said_of_undone)
undo.register("people.entry_closed", reopen_entry)
transitions.register(ENTRY)
outbox.subscribe("people.entry_assigned", "people.tell_managers")
