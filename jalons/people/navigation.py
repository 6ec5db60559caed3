"""What the menus show of this room (each role's order)."""

from jalons.access.roles import Role
from jalons.kernel.navigation import NavEntry, Slot, fill, register

from .intakes.queries import waiting as waiting_intakes
from .reorientations.queries import waiting

register(
    NavEntry(
        key="entries",
        label="Entrées",
        icon="inbox",
        url_name="people:entries",
        positions={Role.DISPATCHER: 1, Role.CLERK: 3},
        area=("people:",),
    )
)
register(
    NavEntry(
        key="intakes",
        label="Demandes reçues",
        short_label="Demandes",
        icon="mail-plus",
        url_name="people:intakes",
        positions={Role.DISPATCHER: 2, Role.CLERK: 2, Role.MANAGER: 5, Role.PRACTITIONER: 5},
        counter=waiting_intakes,
        area=("people:intake", "people:set_intake_aside", "people:meeting", "people:signal_links"),
    )
)
register(
    NavEntry(
        key="reorientations",
        label="Réorientations",
        icon="signpost",
        url_name="people:reorientations",
        positions={Role.DISPATCHER: 3, Role.PRACTITIONER: 6},
        counter=waiting,
        area=("people:reorientation", "people:decide_reorientation"),
    )
)
register(
    NavEntry(
        key="load",
        label="Charge des structures",
        short_label="Charge",
        icon="gauge",
        url_name="people:load",
        positions={Role.DISPATCHER: 4, Role.COORDINATOR: 2, Role.MANAGER: 6},
    )
)
register(
    NavEntry(
        key="relay",
        label="Relais",
        icon="repeat",
        url_name="people:relay",
        positions={Role.MANAGER: 4},
        area=("people:relay", "people:confirm_relay"),
    )
)
register(
    NavEntry(
        key="entries_received",
        label="Entrées",
        icon="inbox",
        url_name="people:entries",
        positions={Role.MANAGER: 3},
        area=("people:entr",),
    )
)
register(
    NavEntry(
        key="quality",
        label="Qualité des données",
        short_label="Qualité",
        icon="clipboard-check",
        url_name="people:quality",
        positions={Role.COORDINATOR: 6},
        area=("people:quality", "people:review", "people:merge"),
    )
)
fill(Slot("ask", "people:ask_territory"))
