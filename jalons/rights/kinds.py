"""The kinds of events of this room: none says what a file held."""

from jalons.journal.events import Kind, register

for name, label in [
    ("rights.file_export_asked", "Copie du dossier demandée"),
    ("rights.file_export_ready", "Copie du dossier prête"),
    ("rights.file_export_downloaded", "Copie du dossier téléchargée"),
    ("rights.file_exports_purged", "Copies expirées supprimées"),
    ("rights.consultations_exported", "Liste des consultations exportée"),
    ("rights.list_destroyed", "Fichier exporté détruit"),
    ("rights.list_destroyed_undone", "Destruction d’un fichier annulée"),
    ("rights.list_overdue", "Fichier exporté à détruire"),
    ("rights.consultations_ended", "Consultations anciennes supprimées"),
    ("rights.erasure_asked", "Effacement demandé"),
    ("rights.person_erased", "Dossier effacé"),
    ("rights.file_archived", "Dossier archivé"),
    ("rights.intake_destroyed", "Demande d’accompagnement détruite"),
    ("rights.file_reopened", "Dossier rouvert"),
    ("rights.hold_set", "Conservation suspendue"),
    ("rights.hold_lifted", "Suspension levée"),
    ("rights.request_recorded", "Demande de la personne enregistrée"),
    ("rights.request_answered", "Réponse à la personne"),
]:
    register(Kind(name, label))
