"""The kinds of events of this room; an act on a sealed or restricted fact has a neutral kind."""

from jalons.journal.events import Kind, register

for name, label in [
    ("people.person_created", "Personne créée"),
    ("people.follow_up_started", "Suivi commencé"),
    ("people.follow_up_ended", "Suivi terminé"),
    ("people.follow_up_ended_undone", "Fin de suivi annulée"),
    ("people.handed_over", "Relais de référent"),
    ("people.handed_over_undone", "Relais de référent annulé"),
    ("people.caseload_handed_over", "Relais d’une file active"),
    ("people.caseload_handed_over_undone", "Relais d’une file active annulé"),
    ("people.entry_received", "Entrée reçue"),
    ("people.entry_assigned", "Entrée attribuée"),
    ("people.entry_assignment_undone", "Attribution d’une entrée annulée"),
    ("people.entries_distributed", "Entrées réparties"),
    ("people.distribution_undone", "Répartition annulée"),
    ("people.entry_reopened", "Clôture d’une entrée annulée"),
    ("people.entry_met", "Premier entretien tenu"),
    ("people.entry_closed", "Entrée close"),
    ("people.reorientation_asked", "Réorientation demandée"),
    ("people.reorientation_accepted", "Réorientation acceptée"),
    ("people.reorientation_refused", "Réorientation refusée"),
    ("people.reorientation_withdrawn", "Demande de réorientation retirée"),
    ("people.status_recorded", "Statut enregistré"),
    ("people.agreement_recorded", "Accord de partage enregistré"),
    ("people.objection_recorded", "Opposition enregistrée"),
    ("people.person_changed", "Fiche modifiée"),
]:
    register(Kind(name, label))
