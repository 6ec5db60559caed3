"""The kinds of events of this room; an act on a sealed or restricted fact has a neutral kind."""

from jalons.journal.events import Kind, register
from jalons.journal.kinds import kind_of

for name, label in [
    ("people.person_created", "Personne créée"),
    ("people.follow_up_started", "Suivi commencé"),
    ("people.follow_up_ended", "Suivi terminé"),
    ("people.follow_up_ended_undone", "Fin de suivi annulée"),
    ("people.follow_requested", "Demande à suivre"),
    ("people.follow_request_accepted", "Demande à suivre acceptée"),
    ("people.follow_request_refused", "Demande à suivre refusée"),
    ("people.follow_request_withdrawn", "Demande à suivre retirée"),
    ("people.match_met", "Correspondance possible d’une personne protégée"),
    ("people.unusual_reading", "Consultations inhabituelles"),
    ("people.handed_over", "Relais de référent"),
    ("people.handed_over_undone", "Relais de référent annulé"),
    ("people.caseload_handed_over", "Relais d’une file active"),
    ("people.caseload_handed_over_undone", "Relais d’une file active annulé"),
    ("people.intake_received", "Demande d’accompagnement reçue"),
    ("people.intake_taken", "Demande d’accompagnement rattachée"),
    ("people.intake_set_aside", "Demande d’accompagnement mise de côté"),
    ("people.intake_put_back", "Mise de côté d’une demande annulée"),
    ("people.asked_again", "Nouvelle demande de la personne"),
    ("people.entry_received", "Entrée reçue"),
    ("people.entry_announced", "Entrée annoncée par un flux"),
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
    ("people.agreement_asked", "Accord de partage demandé"),
    ("people.agreement_refused", "Accord de partage refusé"),
    ("people.agreement_withdrawn", "Accord de partage retiré"),
    ("people.objection_recorded", "Opposition enregistrée"),
    ("people.objection_lifted", "Opposition levée"),
    ("people.information_given", "Information donnée à la personne"),
    ("people.status_ended", "Statut terminé"),
    ("people.status_corrected", "Statut corrigé"),
    ("people.status_end_undone", "Fin de statut annulée"),
    ("people.status_confirmed", "Statut confirmé"),
    ("people.statuses_confirmed", "Statuts redits par un fichier"),
    ("people.files_compared", "Dossiers comparés"),
    ("people.told_apart", "Deux personnes distinguées"),
    ("people.told_apart_undone", "Distinction de deux personnes annulée"),
    ("people.pair_proposed", "Dossiers à rapprocher"),
    ("people.pair_postponed", "Rapprochement remis à plus tard"),
    ("people.merge_asked", "Réunion de deux dossiers demandée"),
    ("people.files_merged", "Deux dossiers réunis"),
    ("people.merge_impossible", "Réunion de deux dossiers impossible"),
    ("people.merge_undo_asked", "Réunion de deux dossiers à défaire"),
    ("people.merge_undone", "Réunion de deux dossiers défaite"),
    ("people.merge_settled", "Réunion de deux dossiers définitive"),
]:
    register(Kind(name, label))

for name, label in [
    ("people.person_changed", "Fiche modifiée"),
    ("people.change_proposed", "Correction proposée"),
    ("people.change_accepted", "Correction acceptée"),
    ("people.change_refused", "Correction refusée"),
    ("people.change_withdrawn", "Correction retirée"),
    ("people.contact_added", "Coordonnée ajoutée"),
    ("people.contact_replaced", "Coordonnée remplacée"),
    ("people.contact_ended", "Coordonnée retirée"),
    ("people.contact_end_undone", "Retrait de coordonnée annulé"),
    ("people.without_contact_changed", "Absence de coordonnée notée ou levée"),
    ("people.identifier_added", "Numéro ajouté"),
    ("people.identifier_replaced", "Numéro corrigé"),
    ("people.identifier_removed", "Numéro retiré"),
    ("people.identifier_met", "Numéro saisi pour une autre personne"),
]:
    register(Kind(name, label, "identity"))

register(Kind("people.situation_changed", "Situation familiale modifiée"))
for name, level in [
    ("people.protection_changed", "restricted"),
    ("people.discretion_changed", "sealed"),
    ("people.reader_named", "sealed"),
    ("people.reader_removed", "sealed"),
]:
    register(Kind(name, "Fiche modifiée", level, neutral="people.person_changed"))

for what in ("recorded", "ended", "corrected", "end_undone", "confirmed"):
    neutral = f"people.status_{what}"
    for level in ("restricted", "sealed"):
        hidden = f"people.{level}_status_{what}"
        register(Kind(hidden, kind_of(neutral).label, level, neutral=neutral))
for what in ("added", "replaced", "ended", "end_undone"):
    neutral = f"people.contact_{what}"
    hidden = f"people.sealed_contact_{what}"
    register(Kind(hidden, kind_of(neutral).label, "sealed", neutral=neutral))
