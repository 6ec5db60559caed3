"""The kinds of events of this room; an act on a sealed or restricted fact has a neutral kind."""

from jalons.journal.events import Kind, register

for name, label in [
    ("people.person_created", "Personne créée"),
    ("people.follow_up_started", "Suivi commencé"),
    ("people.follow_up_ended", "Suivi terminé"),
    ("people.follow_up_ended_undone", "Fin de suivi annulée"),
    ("people.follow_requested", "Demande à suivre"),
    ("people.follow_request_accepted", "Demande à suivre acceptée"),
    ("people.follow_request_refused", "Demande à suivre refusée"),
    ("people.follow_request_withdrawn", "Demande à suivre retirée"),
    ("people.unusual_reading", "Consultations inhabituelles"),
    ("people.entry_received", "Entrée reçue"),
    ("people.entry_assigned", "Entrée attribuée"),
    ("people.entry_met", "Premier entretien tenu"),
    ("people.entry_closed", "Entrée close"),
    ("people.status_recorded", "Statut enregistré"),
    ("people.agreement_recorded", "Accord de partage enregistré"),
    ("people.agreement_asked", "Accord de partage demandé"),
    ("people.agreement_refused", "Accord de partage refusé"),
    ("people.agreement_withdrawn", "Accord de partage retiré"),
    ("people.objection_recorded", "Opposition enregistrée"),
    ("people.objection_lifted", "Opposition levée"),
    ("people.information_given", "Information donnée à la personne"),
    ("people.person_changed", "Fiche modifiée"),
]:
    register(Kind(name, label))
