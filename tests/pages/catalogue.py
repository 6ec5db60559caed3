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
    a_spent_link,
    an_invitation,
    before_the_charter,
    before_the_code,
    before_the_enrolment,
    before_the_password,
    enrolled,
)
from tests.pages.prepared import a_sent_link, a_told_alert, an_opened_link, an_unlocked_link
from tests.pages.sent_files import SENDER, a_history, an_import

Path = Callable[[Site, BrowserContext], str]
"""The address, once what must be there is there: a link opened, its cookie in the window."""


@dataclass(frozen=True)
class Budget:
    """The most a page may cost: kilobytes transferred, requests, DOM nodes."""

    kilobytes: int = 100
    requests: int = 8
    nodes: int = 1200


PERSONS_SPACE = Budget(kilobytes=60, requests=5)
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


def person(name: str, *, restricted: bool = False) -> Path:
    return lambda site, context: reverse(name, args=[site.cast.followed(restricted=restricted).key])


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
    Page("accounts:sessions", at("accounts:sessions"), REFERENTE, "sans second facteur"),
    Page("accounts:change_password", enrolled("accounts:change_password")),
    Page("accounts:confirm", enrolled("accounts:confirm")),
    Page(
        "accounts:recovery_codes",
        enrolled("accounts:sessions"),
        submit="form[action$='/codes/']",
        drawn=True,
    ),
    Page("territories:demo_login", at("territories:demo_login")),
    Page("territories:organizations", at("territories:organizations"), "coordinator"),
    Page(
        "territories:organizations",
        at("territories:organizations", "?q=aucune"),
        "steering",
        "sans résultat",
    ),
    Page("territories:account", at("territories:account"), REFERENTE),
    Page("desk:home", at("desk:home"), "steering"),
    Page("desk:home", at("desk:home"), "platform_admin", "hors territoire"),
    Page("desk:alerts", a_told_alert, REFERENTE),
    Page("desk:alerts", at("desk:alerts"), "manager", "vide"),
    Page("desk:caseload", at("desk:caseload"), REFERENTE),
    Page("desk:caseload", at("desk:caseload", "?filtre=age"), "manager", "filtrée"),
    Page("desk:caseload", at("desk:caseload"), "coordinator", "à débloquer"),
    Page("desk:caseload", at("desk:caseload"), "dispatcher", "à orienter"),
    Page("people:identity", person("people:identity"), REFERENTE),
    Page("people:identity", person("people:identity"), "manager", "par un responsable"),
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
    Page("people:own_identity", an_unlocked_link, budget=PERSONS_SPACE),
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
    Page("404", nowhere, REFERENTE, status=404),
    Page("404", lambda site, context: "/nulle-part/", "", "hors connexion", 404),
]

ERRORS = (400, 403, 413, 500, 503)
"""Pages that no address answers with on purpose: they are rendered, then shown at some address."""

WITHOUT_PAGE = {
    "nomenclature:communes": "répond des propositions à un champ",
    "nomenclature:occupations": "répond des propositions à un champ",
    "access:draft": "répond une phrase, que le formulaire montre",
    "access:undo": "renvoie à la page d’où l’on annule",
    "accounts:logout": "renvoie à la connexion",
    "desk:caseload_export": "répond un fichier",
    "exchange:organizations": "répond des propositions à un champ",
    "exchange:model": "répond un fichier",
    "exchange:apply": "renvoie à l’import",
    "exchange:cancel": "renvoie à l’import",
    "exchange:left_out": "répond un fichier",
    "people:protect": "renvoie au dossier",
    "people:end_follow_up": "renvoie à l’accueil",
    "territories:choose_mandate": "renvoie à l’accueil",
}
"""The addresses that show no page, and what they do instead."""
