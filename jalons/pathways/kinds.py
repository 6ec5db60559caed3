"""The kinds of events of this room."""

from jalons.journal.events import Kind, register

for name, label in [
    ("pathways.pathway_opened", "Parcours ouvert"),
    ("pathways.phase_changed", "Phase du parcours changée"),
    ("pathways.phase_change_undone", "Changement de phase annulé"),
    ("pathways.objective_set", "Objectif fixé"),
    ("pathways.objective_reached", "Objectif atteint"),
    ("pathways.objective_abandoned", "Objectif abandonné"),
    ("pathways.objective_reopened", "Clôture d’un objectif annulée"),
    ("pathways.action_added", "Action ajoutée"),
    ("pathways.action_done", "Action faite"),
    ("pathways.action_abandoned", "Action abandonnée"),
    ("pathways.action_reopened", "Clôture d’une action annulée"),
    ("pathways.step_added", "Étape ajoutée"),
    ("pathways.step_planned", "Étape prévue"),
    ("pathways.step_started", "Étape commencée"),
    ("pathways.step_ended", "Étape terminée"),
    ("pathways.step_abandoned", "Étape abandonnée"),
    ("pathways.step_restored", "Changement d’une étape annulé"),
    ("pathways.step_blocked", "Ce qui bloque une étape"),
]:
    register(Kind(name, label))
