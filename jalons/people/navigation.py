"""What the menus show of this room (each role's order)."""

from jalons.access.roles import Role
from jalons.kernel.navigation import NavEntry, register

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
