"""The tables with and without row security: a new one must choose."""

PROTECTED = {
    "consultations.consultation": "territory",
    "public.access_breakglass": "territory",
    "public.access_draft": "territory",
    "public.journal_event": "territory",
    "public.journal_notification": "territory",
    "public.journal_payload": "territory",
    "public.people_agreement": "territory_id",
    "public.people_entry": "territory_id",
    "public.people_followup": "territory_id",
    "public.people_identifier": "territory_id",
    "public.people_objection": "territory_id",
    "public.people_person": "territory_id",
    "public.people_sealedreader": "territory_id",
    "public.people_status": "territory_id",
}
"""Everything about persons, and the column that holds its territory."""

OPEN = {
    "public.access_scopedlink": "digests, keys and dates, read before a context exists",
    "public.accounts_account": "read before a context exists; no fact about a person",
    "public.auth_group": "unused, comes with django.contrib.auth",
    "public.auth_group_permissions": "unused, comes with django.contrib.auth",
    "public.auth_permission": "unused, comes with django.contrib.auth",
    "public.django_content_type": "names of models",
    "public.django_migrations": "names of migrations",
    "public.django_session": "read before a context exists; an account and a mandate",
    "public.journal_digestsent": "an account and a day",
    "public.journal_seal": "positions and digests of the whole journal",
    "public.kernel_sentmail": "the demo's mailbox, and mails say nothing",
    "public.nomenclature_appellation": "reference data",
    "public.nomenclature_commune": "reference data",
    "public.nomenclature_edition": "reference data",
    "public.nomenclature_rome": "reference data",
    "public.nomenclature_searchword": "reference data",
    "public.nomenclature_term": "reference data; a territory's additions are not about persons",
    "public.procrastinate_events": "jobs: keys only",
    "public.procrastinate_jobs": "jobs: keys only",
    "public.procrastinate_periodic_defers": "jobs: keys only",
    "public.procrastinate_workers": "jobs: keys only",
    "public.territories_invitation": "professionals, not persons; read by its link's door",
    "public.territories_mandate": "read before a context exists; professionals, not persons",
    "public.territories_organization": "structures, not persons",
    "public.territories_territory": "read before a context exists; territories",
}
"""The tables without row security, each with the reason why."""
