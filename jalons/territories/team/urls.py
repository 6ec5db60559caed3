"""The addresses of who works here: teams, invitations, who’s who, one’s own account."""

from jalons.access.levels import Level
from jalons.access.routes import does, lists, public, reads, route, signed_in
from jalons.access.table import (
    CHANGE_MANDATE,
    COMPLETE,
    DESCRIBE_ONESELF,
    END_MANDATE,
    INVITE,
    REPLACE_MANDATE,
    REVEAL_CONTACT,
    SEE_TEAM,
    SEND,
    WITHDRAW,
)

from . import answer_views, invitation_views, views, who_views

PATTERNS = [
    route(
        "structures/",
        who_views.organizations,
        name="organizations",
        get=lists("organization", Level.OPEN),
    ),
    route(
        "structures/<uuid:organization>/professionnels/",
        who_views.professionals,
        name="professionals",
        get=reads("organization", Level.OPEN),
    ),
    route(
        "professionnels/<uuid:mandate>/contact/",
        who_views.reveal,
        name="reveal_contact",
        post=does(REVEAL_CONTACT, "mandate"),
    ),
    route(
        "equipe/",
        views.team,
        name="team",
        get=does(SEE_TEAM, "mandate", Level.OPEN),
    ),
    route(
        "equipe/export/",
        views.export_team,
        name="team_export",
        post=does(SEE_TEAM, "mandate", Level.OPEN, fresh=True),
    ),
    route(
        "equipe/invitations/",
        invitation_views.invitations,
        name="invitations",
        get=does(SEND, "invitation", Level.OPEN),
        post=does(SEND, "invitation", Level.OPEN),
    ),
    route(
        "equipe/inviter/",
        invitation_views.invite,
        name="invite",
        get=does(INVITE, "organization"),
        post=does(INVITE, "organization"),
    ),
    route(
        "equipe/invitations/<uuid:invitation>/",
        invitation_views.invitation,
        name="invitation",
        get=does(COMPLETE, "invitation"),
        post=does(COMPLETE, "invitation"),
    ),
    route(
        "equipe/invitations/<uuid:invitation>/envoyer/",
        invitation_views.send,
        name="send_invitation",
        post=does(SEND, "invitation"),
    ),
    route(
        "equipe/invitations/<uuid:invitation>/retirer/",
        invitation_views.withdraw,
        name="withdraw_invitation",
        post=does(WITHDRAW, "invitation"),
    ),
    route(
        "equipe/<uuid:mandate>/",
        views.mandate,
        name="mandate",
        get=does(CHANGE_MANDATE, "mandate"),
        post=does(CHANGE_MANDATE, "mandate"),
    ),
    route(
        "equipe/<uuid:mandate>/fin/",
        views.end,
        name="end_mandate",
        post=does(END_MANDATE, "mandate"),
    ),
    route(
        "equipe/<uuid:mandate>/role/",
        views.replace,
        name="replace_mandate",
        post=does(REPLACE_MANDATE, "mandate"),
    ),
    route(
        "invitation/",
        answer_views.answer,
        name="invitation_answer",
        get=public(),
        post=public(),
    ),
    route(
        "invitation/nouvelle/",
        answer_views.again,
        name="invitation_again",
        get=public(),
        post=public(),
    ),
    route(
        "invitation/lien/<str:token>/",
        answer_views.link,
        name="invitation_link",
        get=public(),
        post=public(),
    ),
    route(
        "mon-compte/fiche/",
        who_views.own_sheet,
        name="own_sheet",
        get=does(DESCRIBE_ONESELF, "mandate"),
        post=does(DESCRIBE_ONESELF, "mandate"),
    ),
    route("mon-compte/", who_views.account, name="account", get=signed_in()),
    route("mandat/", who_views.choose_mandate, name="choose_mandate", post=signed_in()),
]
