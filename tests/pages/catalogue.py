"""Every page of the house, who visits it and in which states: `page_checks` reads this table.

An address that shows a page and is not here fails `test_every_address_has_its_visits`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from django.urls import reverse
from playwright.sync_api import BrowserContext

from tests.demo_cast import PARTNER, REFERENTE
from tests.demo_site import Site
from tests.pages.agents import (
    a_federation_link,
    a_spent_link,
    an_invitation,
    at_the_provider,
    before_the_charter,
    before_the_code,
    before_the_enrolment,
    before_the_password,
    enrolled,
    with_an_unknown_identity,
    with_another_email,
)
from tests.pages.asking import (
    a_list,
    a_search_of_it,
    a_sent_signal,
    an_opened_signal,
    ask,
    asked,
    given_links,
    to_set_aside,
)
from tests.pages.asking import a_request as an_intake
from tests.pages.consortium import (
    an_empty_territory,
    of_a_member,
    of_a_milestone,
    of_a_place,
    of_a_structure,
    of_an_action,
)
from tests.pages.distributed import (
    a_follow_up,
    a_relay,
    a_reorientation,
    an_entry,
    an_entry_to_close,
    an_entry_with_a_structure,
    an_interview,
)
from tests.pages.filled_files import (
    a_discreet_file,
    a_filled_file,
    a_proposed_change,
    of_a_fact,
    of_a_filled_file,
)
from tests.pages.front_door import (
    a_known_person,
    a_merge,
    a_newcomer,
    a_pair_to_merge,
    nobody,
    possible_matches,
    somebody_alike,
    waiting_requests,
)
from tests.pages.invited import (
    a_mandate,
    a_structure,
    an_answer,
    an_invited_email,
    an_open_invitation,
    another_s_answer,
    waiting_invitation,
)
from tests.pages.prepared import (
    a_changed_setting,
    a_completed_list,
    a_document_s_readers,
    a_documented_person,
    a_sent_link,
    a_told_alert,
    an_asked_agreement,
    an_opened_link,
    an_unlocked_link,
)
from tests.pages.rights import a_request, an_archive, exports, territory_exports
from tests.pages.sent_files import SENDER, a_history, an_import, an_import_of_persons

Path = Callable[[Site, BrowserContext], str]
"""The address, once what must be there is there: a link opened, its cookie in the window."""


@dataclass(frozen=True)
class Budget:
    """The most a page may cost: kilobytes transferred, requests, DOM nodes."""

    kilobytes: int = 100
    requests: int = 8
    nodes: int = 1200


EXPORTED = "form[action$='/export/']"
"""The form of a list that is exported: it leads to the page that asks why."""
PERSONS_SPACE = Budget(kilobytes=60, requests=5)
LONG = Budget(kilobytes=105, nodes=1700)
"""A page that lists a whole territory's communes, or a year's actions."""
POLLED = Budget(requests=40)
"""While something is at work, the page asks how far it is every two seconds."""
SHEET = Budget(kilobytes=120, nodes=4000)
"""The sheet shows every component in every state: its length is no page's."""


@dataclass(frozen=True)
class Page:
    """One visit: `name` is the URL name, `visitor` an account of the demo (nobody when empty).

    A page that answers a form is reached by sending the form `submit` (a selector) found at `path`,
    once `fields` are filled.
    """

    name: str
    path: Path
    visitor: str = ""
    state: str = ""
    status: int = 200
    submit: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    budget: Budget = Budget()
    drawn: bool = False
    """Its text holds secrets or times of this visit: two visits do not read the same."""

    @property
    def label(self) -> str:
        return f"{self.name} {self.state}".strip()


def at(name: str, query: str = "") -> Path:
    return lambda site, context: reverse(name) + query


def person(name: str, query: str = "", *, restricted: bool = False) -> Path:
    return lambda site, context: (
        reverse(name, args=[site.cast.followed(restricted=restricted).key]) + query
    )


def at_setting(key: str) -> Path:
    return at("territories:setting", f"?reglage={key}")


def account(local: str) -> Path:
    return lambda site, context: reverse("accounts:account", args=[site.cast.account(local)])


def nowhere(site: Site, context: BrowserContext) -> str:
    return f"/personnes/{uuid4()}/"


PAGES = [
    Page("kernel:components", at("kernel:components"), budget=SHEET),
    Page("kernel:time_travel", at("kernel:time_travel"), REFERENTE),
    Page("kernel:sent_mails", at("kernel:sent_mails"), REFERENTE),
    Page(
        "kernel:sent_mail",
        lambda site, context: reverse("kernel:sent_mail", args=[site.cast.kept_mail]),
        REFERENTE,
    ),
    Page("accounts:login", at("accounts:login")),
    Page(
        "accounts:login",
        at("accounts:login"),
        "",
        "refusée",
        422,
        "main form",
        {"email": "personne@jalons.example", "password": "un mot de passe"},
    ),
    Page("accounts:enrolment", before_the_enrolment, drawn=True),
    Page("accounts:code", before_the_code),
    Page(
        "accounts:code",
        before_the_code,
        "",
        "faux",
        422,
        "main form",
        {"code": "abcdef"},
    ),
    Page("accounts:forgotten", at("accounts:forgotten")),
    Page(
        "accounts:forgotten",
        at("accounts:forgotten"),
        "",
        "demandé",
        200,
        "main form",
        {"email": "personne@jalons.example"},
    ),
    Page("accounts:link", an_invitation),
    Page("accounts:link", a_spent_link, "", "inconnu", 410),
    Page("accounts:choose_password", before_the_password),
    Page(
        "accounts:choose_password",
        before_the_password,
        "",
        "refusé",
        422,
        "main form",
        {"password": "court", "again": "autre"},
    ),
    Page("accounts:charter", before_the_charter),
    Page("accounts:charter", at("accounts:charter"), REFERENTE, "acceptée"),
    Page("accounts:sessions", enrolled("accounts:sessions"), drawn=True),
    Page(
        "accounts:sessions",
        at("accounts:sessions"),
        REFERENTE,
        "sans second facteur",
        drawn=True,
    ),
    Page("accounts:change_password", enrolled("accounts:change_password")),
    Page("accounts:confirm", enrolled("accounts:confirm")),
    Page(
        "accounts:recovery_codes",
        enrolled("accounts:sessions"),
        submit="form[action$='/codes/']",
        drawn=True,
    ),
    Page("accounts:link", a_federation_link, "", "ailleurs"),
    Page(
        "accounts:federation",
        lambda site, context: reverse("accounts:federation", args=["inconnu"]),
        state="inconnu",
        status=404,
    ),
    Page(
        "accounts:federation_return",
        lambda site, context: reverse("accounts:federation_return", args=["demo"]),
        state="périmée",
        status=400,
    ),
    Page("accounts:reconcile", with_an_unknown_identity, drawn=True),
    Page(
        "accounts:reconcile",
        with_an_unknown_identity,
        "",
        "refusé",
        422,
        "#by-password form",
        {"email": "personne@jalons.example", "password": "un mot de passe"},
        drawn=True,
    ),
    Page("accounts:reconcile", with_another_email, "", "autre courriel", drawn=True),
    Page("accounts:reconcile", at("accounts:reconcile"), "", "périmé", 400),
    Page("accounts:signed_out", at("accounts:signed_out")),
    Page("accounts:accounts", at("accounts:accounts"), "platform_admin"),
    Page(
        "accounts:accounts",
        at("accounts:accounts", "?q=introuvable"),
        "platform_admin",
        "sans résultat",
    ),
    Page("accounts:account", account(REFERENTE), "platform_admin"),
    Page("accounts:providers", at("accounts:providers"), "platform_admin"),
    Page("provider:authorize", at_the_provider, drawn=True),
    Page(
        "provider:authorize",
        at("provider:authorize"),
        state="client inconnu",
        status=400,
    ),
    Page("provider:end_session", at("provider:end_session"), state="refusée", status=400),
    Page("territories:demo_login", at("territories:demo_login")),
    Page("territories:organizations", at("territories:organizations"), "coordinator"),
    Page(
        "territories:organizations",
        at("territories:organizations", "?q=aucune"),
        "steering",
        "sans résultat",
    ),
    Page("territories:settings", at("territories:settings"), "coordinator"),
    Page("territories:setting", a_changed_setting, "coordinator"),
    Page("territories:setting", at_setting("targets.job"), "coordinator", "jamais changé"),
    Page(
        "territories:setting",
        at_setting("targets.job"),
        "coordinator",
        "refusé",
        422,
        "main form",
        {"value": "4000", "starts_on": "2020-01-01", "reason": ""},
    ),
    Page("territories:installation", at("territories:installation"), "platform_admin"),
    Page("nomenclature:lists", at("nomenclature:lists"), "coordinator"),
    Page("nomenclature:list", at("nomenclature:list", "?liste=public"), "coordinator", "vide"),
    Page(
        "nomenclature:list",
        at("nomenclature:list", "?liste=action"),
        "coordinator",
        "refusée",
        422,
        "main form",
        {"label": "", "parent": ""},
    ),
    Page("nomenclature:list", a_completed_list, "coordinator"),
    Page(
        "territories:organizations",
        at("territories:organizations", "?q=conseillère&type=CCAS"),
        REFERENTE,
        "cherchée",
    ),
    Page("territories:professionals", a_structure, REFERENTE),
    Page(
        "territories:reveal_contact",
        a_structure,
        REFERENTE,
        submit="main form[action$='/contact/']",
    ),
    Page("territories:account", at("territories:account"), REFERENTE),
    Page("territories:own_sheet", at("territories:own_sheet"), REFERENTE),
    Page(
        "territories:own_sheet",
        at("territories:own_sheet"),
        REFERENTE,
        "refusée",
        422,
        "main form",
        {"phones": "douze"},
    ),
    Page("territories:team", at("territories:team"), "manager"),
    Page("territories:team", at("territories:team"), "coordinator", "de tout le territoire"),
    Page("territories:team", at("territories:team", "?etat=termines"), "manager", "filtrée"),
    Page("territories:mandate", a_mandate, "manager"),
    Page("territories:mandate", a_mandate, "coordinator", "par la coordination"),
    Page(
        "territories:end_mandate",
        a_mandate,
        "manager",
        "refusé",
        422,
        "form[action$='/fin/']",
        {"last_day": "2020-01-01"},
    ),
    Page(
        "territories:replace_mandate",
        a_mandate,
        "manager",
        "refusé",
        422,
        "form[action$='/role/']",
    ),
    Page(
        "territories:invitations",
        waiting_invitation("territories:invitations"),
        "manager",
        drawn=True,
    ),
    Page(
        "territories:invitations",
        at("territories:invitations", "?etat=expired"),
        "manager",
        "filtrées",
    ),
    Page("territories:invite", at("territories:invite"), "manager"),
    Page(
        "territories:invite",
        at("territories:invite"),
        "coordinator",
        "refusée",
        422,
        "main form",
        {"email": "noe"},
    ),
    Page(
        "territories:invitation",
        waiting_invitation("territories:invitation"),
        "manager",
        drawn=True,
    ),
    Page("territories:invitation_link", an_open_invitation),
    Page(
        "territories:invitation_link",
        lambda site, context: reverse("territories:invitation_link", args=["inconnu"]),
        "",
        "inconnu",
        410,
    ),
    Page("territories:invitation_answer", an_answer),
    Page("territories:invitation_answer", another_s_answer, REFERENTE, "d’un autre", 409),
    Page("territories:invitation_answer", an_invited_email, "", "connectée"),
    Page(
        "territories:invitation_answer",
        at("territories:invitation_answer"),
        "",
        "sans lien",
        410,
    ),
    Page("territories:invitation_again", at("territories:invitation_again")),
    Page(
        "territories:invitation_again",
        at("territories:invitation_again"),
        "",
        "demandé",
        200,
        "main form",
        {"email": "personne@jalons.example"},
    ),
    Page("desk:home", at("desk:home"), "steering"),
    Page("desk:home", at("desk:home"), "platform_admin", "hors territoire"),
    Page("desk:alerts", a_told_alert, REFERENTE),
    Page("desk:alerts", at("desk:alerts"), "manager", "vide"),
    Page("desk:caseload", at("desk:caseload"), REFERENTE),
    Page("desk:caseload", at("desk:caseload", "?filtre=age"), "manager", "filtrée"),
    Page("desk:caseload", at("desk:caseload"), "coordinator", "à débloquer"),
    Page("desk:caseload", at("desk:caseload"), "dispatcher", "à orienter"),
    Page("people:front_door", at("people:front_door"), REFERENTE),
    Page(
        "people:front_door",
        at("people:front_door"),
        "clerk",
        "refusée",
        422,
        "main form",
        {"family_name": "Martin"},
    ),
    Page("people:found", a_known_person, PARTNER),
    Page("people:found", a_known_person, REFERENTE, "le dossier"),
    Page("people:found", nobody, "clerk", "personne"),
    Page("people:receive", a_newcomer, "clerk"),
    Page("people:ask_territory", at("people:ask_territory"), budget=PERSONS_SPACE),
    Page("people:ask", ask, budget=PERSONS_SPACE),
    Page(
        "people:ask",
        ask,
        state="refusée",
        status=422,
        submit="main form",
        fields={"phone": "12", "commune": "Brest"},
        budget=PERSONS_SPACE,
    ),
    Page("people:asked", asked, budget=PERSONS_SPACE),
    Page("people:signal", an_opened_signal, budget=PERSONS_SPACE),
    Page(
        "people:signal",
        an_opened_signal,
        state="sans accord",
        status=422,
        submit="main form",
        budget=PERSONS_SPACE,
    ),
    Page("people:signalled", a_sent_signal, budget=PERSONS_SPACE),
    Page("people:intakes", a_list, "dispatcher"),
    Page("people:intakes", at("people:intakes"), "manager", "vide"),
    Page("people:intake", an_intake, "dispatcher"),
    Page("people:set_intake_aside", to_set_aside, "dispatcher"),
    Page("people:found", a_search_of_it, "dispatcher", "pour une demande"),
    Page("people:meeting", at("people:meeting"), PARTNER),
    Page("people:signal_links", given_links, "coordinator"),
    Page(
        "people:receive",
        somebody_alike,
        PARTNER,
        "quelqu’un lui ressemble",
        422,
        "main form",
        {"birth_date": "hier", "email": "sans arobase"},
    ),
    Page("people:ask_to_follow", person("people:ask_to_follow"), PARTNER),
    Page(
        "people:ask_to_follow",
        person("people:ask_to_follow"),
        PARTNER,
        "refusée",
        422,
        "main form",
        {"reason": "urgent"},
    ),
    Page("people:follow_requests", waiting_requests, REFERENTE),
    Page("people:follow_requests", waiting_requests, PARTNER, "les miennes"),
    Page("people:follow_requests", at("people:follow_requests"), "dispatcher", "vides"),
    Page("desk:caseload_export", at("desk:caseload"), REFERENTE, submit=EXPORTED),
    Page("territories:team_export", at("territories:team"), "manager", submit=EXPORTED),
    Page("people:vigilance", at("people:vigilance"), "coordinator", "vide"),
    Page("people:matches", possible_matches, REFERENTE),
    Page("people:matches", at("people:matches"), PARTNER, "vides"),
    Page("people:review", at("people:review"), "coordinator"),
    Page("people:review", at("people:review"), PARTNER, "vide"),
    Page("people:merge", a_pair_to_merge, "coordinator"),
    Page("people:merged", a_merge, "coordinator"),
    Page("people:identity", person("people:identity"), REFERENTE),
    Page("people:identity", person("people:identity"), "manager", "par un responsable"),
    Page("people:identity", a_filled_file, REFERENTE, "remplie"),
    Page("people:identity", a_discreet_file, REFERENTE, "discrète"),
    Page(
        "people:reveal_identifier",
        a_filled_file,
        REFERENTE,
        submit="form[action$='/afficher/']",
    ),
    Page("people:correct", of_a_filled_file("people:correct"), REFERENTE),
    Page(
        "people:correct",
        of_a_filled_file("people:correct"),
        REFERENTE,
        "refusée",
        422,
        "main form",
        {"family_name": "", "birth_date": "1850-01-01", "commune": "nulle part"},
    ),
    Page("people:change", a_proposed_change, REFERENTE),
    Page("people:change", a_proposed_change, REFERENTE, "sans choix", 422, "main form"),
    Page("people:add_contact", of_a_filled_file("people:add_contact"), REFERENTE),
    Page(
        "people:add_contact",
        of_a_filled_file("people:add_contact"),
        REFERENTE,
        "refusé",
        422,
        "main form",
        {"value": "douze"},
    ),
    Page("people:change_contact", of_a_fact("contacts"), REFERENTE),
    Page("people:add_identifier", of_a_filled_file("people:add_identifier"), REFERENTE),
    Page(
        "people:add_identifier",
        of_a_filled_file("people:add_identifier"),
        REFERENTE,
        "refusé",
        422,
        "main form",
    ),
    Page("people:change_identifier", of_a_fact("numeros"), REFERENTE),
    Page("people:add_status", of_a_filled_file("people:add_status"), REFERENTE),
    Page(
        "people:add_status",
        of_a_filled_file("people:add_status"),
        REFERENTE,
        "refusé",
        422,
        "main form",
        {"last_day": "2020-01-01"},
    ),
    Page("people:change_status", of_a_fact("statuts"), REFERENTE),
    Page("people:end_status", of_a_fact("statuts", "fin/"), REFERENTE),
    Page("people:readers", of_a_filled_file("people:readers"), REFERENTE),
    Page("people:readers", person("people:readers"), REFERENTE, "rien de scellé"),
    Page("people:masked", person("people:masked"), PARTNER),
    Page(
        "people:reveal",
        person("people:identity", restricted=True),
        REFERENTE,
        submit="#restricted form",
    ),
    Page(
        "people:send_link",
        person("people:identity"),
        REFERENTE,
        submit="form[action$='/lien/']",
    ),
    Page("people:entries", at("people:entries"), "dispatcher", budget=LONG),
    Page("people:entries", at("people:entries", "?etat=toutes"), "clerk", "de l’accueil"),
    Page(
        "people:entries",
        at("people:entries", "?etat=toutes&origine=caf_flow"),
        "manager",
        "filtrées",
    ),
    Page("people:entry", an_entry, "dispatcher"),
    Page("people:entry", an_entry_with_a_structure, "dispatcher", "à attribuer"),
    Page(
        "people:entry",
        an_entry_with_a_structure,
        "dispatcher",
        "refusée",
        422,
        "#orient form",
        {"motive": "Proche de chez elle"},
    ),
    Page("people:close_entry", an_entry_to_close, "dispatcher"),
    Page(
        "people:distribute", at("people:entries", "?cocher=1"), "dispatcher", submit="#distribute"
    ),
    Page("people:distribute", at("people:entries"), "dispatcher", "vide", 422, "#distribute"),
    Page("people:confirm_distribution", at("people:confirm_distribution"), "dispatcher"),
    Page("people:confirm_relay", at("people:confirm_relay"), "manager"),
    Page("people:interview", an_interview, REFERENTE),
    Page("people:referent", person("people:referent"), REFERENTE),
    Page("people:end_follow_up", a_follow_up, REFERENTE),
    Page("people:relay", at("people:relay"), "manager"),
    Page("people:relay", a_relay, "manager", "préparé"),
    Page("people:ask_reorientation", person("people:ask_reorientation"), REFERENTE),
    Page("people:quality", at("people:quality"), "coordinator"),
    Page("people:quality", at("people:quality", "?liste=contacts"), "dispatcher", "injoignables"),
    Page("people:quality", at("people:quality", "?liste=statuts"), REFERENTE, "de la référente"),
    Page(
        "people:companion",
        person("people:identity"),
        "manager",
        submit="main form[action$='/contact/']",
    ),
    Page("people:reorientations", at("people:reorientations"), "dispatcher"),
    Page("people:reorientation", a_reorientation, "dispatcher"),
    Page("people:reorientation", a_reorientation, REFERENTE, "par qui a demandé"),
    Page("people:load", at("people:load"), "dispatcher", budget=LONG),
    Page("people:load", at("people:load"), "manager", "de sa structure"),
    Page("people:own_identity", an_unlocked_link, budget=PERSONS_SPACE),
    Page("rights:person", person("rights:person"), REFERENTE),
    Page(
        "rights:person",
        person("rights:person"),
        REFERENTE,
        "refusée",
        422,
        "#new-request form",
    ),
    Page("rights:consultations", person("rights:consultations"), REFERENTE, drawn=True),
    Page(
        "rights:consultations",
        person("rights:consultations", "?vue=refus"),
        REFERENTE,
        "refus",
        drawn=True,
    ),
    Page("rights:requests", at("rights:requests"), "coordinator"),
    Page("rights:request", a_request, "coordinator"),
    Page("rights:request", a_request, "coordinator", "refusée", 422, "#answer form"),
    Page("rights:archives", an_archive, "coordinator"),
    Page("rights:exports", exports, REFERENTE),
    Page("rights:exports", at("rights:exports"), "clerk", "vides"),
    Page("rights:territory_exports", territory_exports, "coordinator"),
    Page("people:documents", person("people:documents"), REFERENTE, "vide"),
    Page("people:documents", a_documented_person, REFERENTE),
    Page("people:documents", person("people:documents"), "manager", "par un responsable"),
    Page("people:reveal_documents", a_documented_person, REFERENTE, submit="#restricted form"),
    Page("people:add_document", person("people:add_document"), REFERENTE),
    Page(
        "people:add_document",
        person("people:add_document"),
        REFERENTE,
        "refusée",
        422,
        submit="#document form",
    ),
    Page("people:change_document_level", a_document_s_readers, REFERENTE),
    Page("people:agreements", person("people:agreements"), REFERENTE, "vide"),
    Page("people:agreements", person("people:agreements"), "manager", "par un responsable"),
    Page("people:add_agreement", person("people:add_agreement"), REFERENTE),
    Page(
        "people:add_agreement",
        person("people:add_agreement"),
        REFERENTE,
        "refusée",
        422,
        submit="#agreement form",
    ),
    Page("people:add_objection", person("people:add_objection"), REFERENTE),
    Page("people:own_agreement", an_asked_agreement, budget=PERSONS_SPACE),
    Page("people:current_notice", at("people:current_notice"), budget=PERSONS_SPACE),
    Page(
        "people:notice",
        lambda site, context: reverse("people:notice", args=["2026-06"]),
        state="ancienne",
        budget=PERSONS_SPACE,
    ),
    Page("access:why", person("access:why"), REFERENTE),
    Page("access:break_glass", person("access:break_glass"), PARTNER),
    Page(
        "access:break_glass",
        person("access:break_glass"),
        PARTNER,
        "refusée",
        422,
        "main form",
        {"reason": "Urgent."},
    ),
    Page("access:link", a_sent_link, budget=PERSONS_SPACE),
    Page(
        "access:link",
        lambda site, context: reverse("access:link", args=["inconnu"]),
        state="inconnu",
        status=410,
        budget=PERSONS_SPACE,
    ),
    Page("access:link_code", an_opened_link, budget=PERSONS_SPACE),
    Page(
        "access:link_code",
        an_opened_link,
        "",
        "code faux",
        422,
        "main form",
        {"code": "abcdef"},
        PERSONS_SPACE,
    ),
    Page("exchange:imports", a_history, "dispatcher"),
    Page("exchange:imports", at("exchange:imports"), "manager", "vide"),
    Page("exchange:upload", at("exchange:upload"), SENDER),
    Page("exchange:upload", at("exchange:upload"), "manager", "refusé", 422, "main form"),
    Page("exchange:file_import", an_import("received"), SENDER, "vérification", budget=POLLED),
    Page("exchange:file_import", an_import("checked"), SENDER, "à confirmer"),
    Page(
        "exchange:file_import",
        an_import("checked", "?voir=alertes"),
        SENDER,
        "à confirmer, alertes",
    ),
    Page("exchange:file_import", an_import("applying"), SENDER, "en cours", budget=POLLED),
    Page("exchange:file_import", an_import("applied"), SENDER, "rapport"),
    Page("exchange:file_import", an_import("cancelled"), SENDER, "annulé"),
    Page(
        "exchange:file_import",
        an_import_of_persons("unmapped"),
        SENDER,
        "colonnes à reconnaître",
    ),
    Page("exchange:file_import", an_import_of_persons("changed"), SENDER, "personnes"),
    Page("exchange:differences", an_import_of_persons("changed", "differences/"), SENDER),
    Page("exchange:doubtful", an_import_of_persons("doubtful", "a-departager/"), SENDER),
    Page("404", nowhere, REFERENTE, status=404),
    Page("404", lambda site, context: "/nulle-part/", "", "hors connexion", 404),
]

PAGES += [
    Page("territories:territories", an_empty_territory, "platform_admin", drawn=True),
    Page("territories:territories", at("territories:territories"), "observer", "lue", drawn=True),
    Page("territories:found", at("territories:found"), "platform_admin"),
    Page(
        "territories:found",
        at("territories:found"),
        "platform_admin",
        "refusée",
        422,
        "main form",
        {"siret": "12345678901234", "code": "Pays Ajaccien"},
    ),
    Page("territories:structure", of_a_structure(), "coordinator"),
    Page("territories:edit_structure", of_a_structure("modifier/"), "coordinator"),
    Page(
        "territories:edit_structure",
        of_a_structure("modifier/"),
        "coordinator",
        "refusée",
        422,
        "main form",
        {"siret": "12345678901234", "phones": "rien", "name": ""},
    ),
    Page("territories:change_sensitive", of_a_structure("discretion/"), "coordinator"),
    Page("territories:add_place", of_a_structure("lieux/nouveau/"), "coordinator"),
    Page(
        "territories:add_place",
        of_a_structure("lieux/nouveau/"),
        "coordinator",
        "refusée",
        422,
        "main form",
        {"day_1": "le matin"},
    ),
    Page("territories:change_place", of_a_place, "coordinator"),
    Page("territories:consortium", at("territories:consortium"), "coordinator"),
    Page("territories:consortium", at("territories:consortium"), REFERENTE, "lu"),
    Page("territories:setup", at("territories:setup"), "coordinator"),
    Page(
        "territories:communes",
        at("territories:communes", "?q=mont"),
        "coordinator",
        budget=LONG,
    ),
    Page(
        "territories:communes",
        at("territories:communes", "?parcours=1"),
        "coordinator",
        "étape",
        budget=LONG,
    ),
    Page("territories:members", at("territories:members"), "coordinator"),
    Page("territories:add_member", at("territories:add_member"), "coordinator"),
    Page(
        "territories:add_member",
        at("territories:add_member", "?parcours=1"),
        "coordinator",
        "ressemblante",
        422,
        "main form",
        {"name": "CAF du Territoire de Belfort", "kind": "CAF"},
    ),
    Page("territories:join", of_a_member("entree"), "coordinator"),
    Page("territories:leave", of_a_member("sortie"), "coordinator"),
    Page("territories:convention", at("territories:convention"), "coordinator"),
    Page("territories:new_convention", at("territories:new_convention"), "coordinator"),
    Page("territories:axes", at("territories:axes"), "coordinator"),
    Page("territories:goal", at("territories:goal"), "coordinator"),
    Page("territories:proposals", at("territories:proposals", "?parcours=1"), "coordinator"),
    Page("territories:colleagues", at("territories:colleagues", "?parcours=1"), "coordinator"),
    Page("territories:calendar", at("territories:calendar"), "coordinator", budget=LONG),
    Page("territories:calendar", at("territories:calendar"), "facilitator", "lu"),
    Page("territories:add_action", at("territories:add_action"), "coordinator"),
    Page("territories:change_action", of_an_action(), "coordinator"),
    Page("territories:drop_action", of_an_action("abandonner/"), "coordinator"),
    Page(
        "territories:drop_action",
        of_an_action("abandonner/"),
        "coordinator",
        "refusée",
        422,
        "main form",
        {"reason": "non"},
    ),
    Page("territories:add_milestone", at("territories:add_milestone"), "coordinator"),
    Page("territories:change_milestone", of_a_milestone, "coordinator"),
]

FIRST = {page.name: page for page in reversed(PAGES)}
"""By name, the page as it is met first; the others of this name are its states."""

ERRORS = (400, 403, 413, 500, 503)
"""Pages that no address answers with on purpose: they are rendered, then shown at some address."""

WITHOUT_PAGE = {
    "nomenclature:communes": "répond des propositions à un champ",
    "nomenclature:occupations": "répond des propositions à un champ",
    "access:draft": "répond une phrase, que le formulaire montre",
    "people:undo_merge": "renvoie à la réunion",
    "people:postpone_pair": "renvoie aux dossiers à rapprocher",
    "people:end_link": "renvoie au dossier",
    "rights:destroy_export": "renvoie aux exports",
    "access:undo": "renvoie à la page d’où l’on annule",
    "accounts:logout": "renvoie à la connexion, ou chez le fournisseur d’identité",
    "accounts:confirm_federation": "mène chez le fournisseur d’identité",
    "accounts:link_identity": "mène chez le fournisseur d’identité",
    "accounts:forget_identity": "renvoie à mes sessions",
    "accounts:disable": "renvoie au compte",
    "accounts:enable": "renvoie au compte",
    "accounts:reset_second_factor": "renvoie au compte",
    "provider:discovery": "répond des adresses",
    "provider:keys": "répond des clés",
    "provider:token": "répond des jetons",
    "provider:userinfo": "répond une identité signée",
    "desk:caseload_export": "répond un fichier",
    "rights:consultations_export": "répond un fichier",
    "rights:download": "répond un fichier",
    "rights:export": "renvoie aux droits de la personne",
    "rights:erase": "renvoie à la demande",
    "rights:hold": "renvoie à la demande",
    "rights:reopen": "renvoie aux archives",
    "exchange:organizations": "répond des propositions à un champ",
    "exchange:model": "répond un fichier",
    "exchange:apply": "renvoie à l’import",
    "exchange:map_columns": "renvoie à l’import",
    "exchange:settle": "renvoie aux lignes à départager",
    "exchange:cancel": "renvoie à l’import",
    "exchange:left_out": "répond un fichier",
    "people:attach_intake": "renvoie au dossier ou aux demandes",
    "people:search_intake": "renvoie à la réponse de la recherche",
    "people:end_signal_link": "renvoie aux liens",
    "people:answer_request": "renvoie aux demandes",
    "people:withdraw_request": "renvoie aux demandes",
    "people:protect": "renvoie au dossier",
    "people:hide_address": "renvoie au dossier",
    "people:be_discreet": "renvoie au dossier",
    "people:remove_contact": "renvoie au dossier",
    "people:remove_identifier": "renvoie au dossier",
    "people:withdraw_change": "renvoie au dossier",
    "people:remove_reader": "renvoie aux personnes désignées",
    "people:end_follow_up": "renvoie à l’accueil",
    "people:document": "répond un fichier",
    "people:withdraw_document": "renvoie aux documents",
    "people:restore_document": "renvoie aux documents",
    "people:record_information": "renvoie aux accords",
    "people:withdraw_agreement": "renvoie aux accords",
    "people:lift_objection": "renvoie aux accords",
    "people:notice_pdf": "répond un fichier",
    "people:entries_export": "répond un fichier",
    "people:load_export": "répond un fichier",
    "people:quality_export": "répond un fichier",
    "people:tell_apart": "renvoie aux dossiers à rapprocher",
    "people:confirm_status": "renvoie au dossier",
    "people:say_without": "renvoie au dossier",
    "people:decide_reorientation": "renvoie aux réorientations",
    "people:withdraw_reorientation": "renvoie aux réorientations",
    "territories:close_place": "renvoie à la structure",
    "territories:calendar_export": "répond un fichier",
    "territories:start_action": "renvoie au calendrier",
    "territories:finish_action": "renvoie au calendrier",
    "territories:reach_milestone": "renvoie au calendrier",
    "territories:choose_mandate": "renvoie à l’accueil",
    "territories:setting_withdraw": "renvoie au réglage",
    "nomenclature:list_close": "renvoie à la liste",
    "territories:send_invitation": "renvoie aux invitations",
    "territories:withdraw_invitation": "renvoie aux invitations",
}
"""The addresses that show no page, and what they do instead."""
