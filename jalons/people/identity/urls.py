"""The addresses of a person’s identity: the page, the masked line, what a link shows."""

from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.access.routes import by_link, does, reads, route
from jalons.access.table import CHANGE_CONTACTS, CHANGE_IDENTIFIERS, CORRECT, REVEAL

from . import contact_views, correct_views, views
from .proposals import ACCEPT, WITHDRAW

PATTERNS = [
    route(
        "personnes/<uuid:person>/",
        views.identity,
        name="identity",
        get=reads("person", Level.IDENTITY, shows=Level.SHARED),
    ),
    route(
        "personnes/<uuid:person>/apercu/",
        views.masked,
        name="masked",
        get=reads("person", Level.MASKED, shows=Level.IDENTITY),
    ),
    route(
        "personnes/<uuid:person>/informations-restreintes/",
        views.reveal,
        name="reveal",
        post=does(REVEAL, "person", Level.RESTRICTED),
    ),
    route(
        "personnes/<uuid:person>/corriger/",
        correct_views.correct,
        name="correct",
        get=does(CORRECT, "person"),
        post=does(CORRECT, "person"),
    ),
    route(
        "corrections/<uuid:proposed_change>/",
        correct_views.change,
        name="change",
        get=does(ACCEPT, "proposed_change"),
        post=does(ACCEPT, "proposed_change"),
    ),
    route(
        "corrections/<uuid:proposed_change>/retirer/",
        correct_views.withdraw,
        name="withdraw_change",
        post=does(WITHDRAW, "proposed_change"),
    ),
    route(
        "personnes/<uuid:person>/contacts/nouveau/",
        contact_views.add_contact,
        name="add_contact",
        get=does(CHANGE_CONTACTS, "person"),
        post=does(CHANGE_CONTACTS, "person"),
    ),
    route(
        "personnes/<uuid:person>/contacts/aucun/",
        contact_views.say_without,
        name="say_without",
        post=does(CHANGE_CONTACTS, "person"),
    ),
    route(
        "personnes/<uuid:person>/contacts/<uuid:contact>/",
        contact_views.change_contact,
        name="change_contact",
        get=does(CHANGE_CONTACTS, "person"),
        post=does(CHANGE_CONTACTS, "person"),
    ),
    route(
        "personnes/<uuid:person>/contacts/<uuid:contact>/retirer/",
        contact_views.remove_contact,
        name="remove_contact",
        post=does(CHANGE_CONTACTS, "person"),
    ),
    route(
        "personnes/<uuid:person>/numeros/nouveau/",
        contact_views.add_identifier,
        name="add_identifier",
        get=does(CHANGE_IDENTIFIERS, "person"),
        post=does(CHANGE_IDENTIFIERS, "person"),
    ),
    route(
        "personnes/<uuid:person>/numeros/<uuid:identifier>/",
        contact_views.change_identifier,
        name="change_identifier",
        get=does(CHANGE_IDENTIFIERS, "person"),
        post=does(CHANGE_IDENTIFIERS, "person"),
    ),
    route(
        "personnes/<uuid:person>/numeros/<uuid:identifier>/retirer/",
        contact_views.remove_identifier,
        name="remove_identifier",
        post=does(CHANGE_IDENTIFIERS, "person"),
    ),
    route(
        "personnes/<uuid:person>/numeros/<uuid:identifier>/afficher/",
        views.reveal_identifier,
        name="reveal_identifier",
        post=does(READ, "person", Level.IDENTITY),
    ),
    route(
        "personnes/<uuid:person>/equipe/<uuid:follow_up>/contact/",
        views.reveal_companion,
        name="companion",
        post=does(READ, "person", Level.IDENTITY, shows=Level.SHARED),
    ),
    route(
        "personnes/<uuid:person>/adresse-cachee/",
        views.hide_address,
        name="hide_address",
        post=does("people.hide_address", "person"),
    ),
    route(
        "personnes/<uuid:person>/contact-discret/",
        views.be_discreet,
        name="be_discreet",
        post=does("people.be_discreet", "person"),
    ),
    route(
        "personnes/<uuid:person>/lien/",
        views.send_link,
        name="send_link",
        post=does("people.send_link", "person"),
    ),
    route(
        "personnes/<uuid:person>/lien/fin/",
        views.end_link,
        name="end_link",
        post=does("people.send_link", "person"),
    ),
    route(
        "personnes/<uuid:person>/protection/",
        views.protect,
        name="protect",
        post=does("people.protect", "person"),
    ),
    route(
        "vos-informations/",
        views.own_identity,
        name="own_identity",
        get=by_link("people.own_identity", "person"),
    ),
]
