"""The entries of the menu that this room brings, and the pages from which each stays marked."""

from jalons.access.roles import Role
from jalons.access.table import IN_A_TERRITORY
from jalons.kernel.navigation import NavEntry, Slot, fill, register

TEAM = ("team", "mandate", "invit", "end_mandate", "replace_mandate")
WHO = ("professionals", "reveal_contact")
STRUCTURES = ("structure", "edit_structure", "add_place")
CALENDAR = ("add_action", "change_action", "drop_action", "add_milestone", "change_milestone")
CONSORTIUM = (
    "setup",
    "communes",
    "members",
    "add_member",
    "join",
    "leave",
    "convention",
    "new_convention",
    "axes",
    "goal",
    "proposals",
    "colleagues",
)


def _pages(*names: str) -> tuple[str, ...]:
    return tuple(f"territories:{name}" for name in names)


register(
    NavEntry(
        key="team",
        label="Équipe",
        icon="contact-round",
        url_name="territories:team",
        positions={Role.MANAGER: 1, Role.DISPATCHER: 5},
        area=_pages(*TEAM),
    )
)
register(
    NavEntry(
        key="partners",
        label="Partenaires",
        icon="handshake",
        url_name="territories:organizations",
        positions={
            Role.COORDINATOR: 4,
            Role.NETWORK_LEAD: 2,
            Role.STEERING: 4,
            Role.FACILITATOR: 4,
            Role.COMPANY_LEAD: 4,
        },
        area=_pages(*WHO, *STRUCTURES, *TEAM),
    )
)
register(
    NavEntry(
        key="settings",
        label="Réglages",
        icon="sliders-horizontal",
        url_name="territories:settings",
        positions={Role.COORDINATOR: 3},
        area=("territories:setting", "nomenclature:list"),
    )
)
register(
    NavEntry(
        key="territories",
        label="Territoires",
        icon="map",
        url_name="territories:territories",
        positions={Role.OBSERVER: 1, Role.PLATFORM_ADMIN: 4},
        area=("territories:found",),
    )
)
register(
    NavEntry(
        key="installation",
        label="Réglages",
        icon="sliders-horizontal",
        url_name="territories:installation",
        positions={Role.PLATFORM_ADMIN: 2},
    )
)
register(
    NavEntry(
        key="calendar",
        label="Calendrier",
        icon="calendar-range",
        url_name="territories:calendar",
        positions={Role.FACILITATOR: 2, Role.STEERING: 5},
        area=_pages(*CALENDAR),
    )
)
register(
    NavEntry(
        key="consortium",
        label="Consortium",
        icon="landmark",
        url_name="territories:consortium",
        positions={
            Role.COORDINATOR: 5,
            Role.FACILITATOR: 5,
            Role.NETWORK_LEAD: 4,
            Role.STEERING: 6,
        },
        area=_pages(*CONSORTIUM),
    )
)
fill(Slot("search", "territories:organizations", frozenset(IN_A_TERRITORY)))
fill(Slot("account", "territories:account"))
fill(Slot("consortium", "territories:consortium", frozenset({Role.DISPATCHER})))
fill(Slot("mandates", "territories:choose_mandate"))
