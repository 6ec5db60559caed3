from jalons.kernel.navigation import NavEntry, Slot, fill, register

from .queries import waiting

register(
    NavEntry(
        key="caseload",
        label="Ma file active",
        short_label="Ma file",
        icon="users-round",
        url_name="desk:caseload",
        positions={"practitioner": 1},
        area=("people:", "access:why", "access:break_glass"),
    )
)
register(
    NavEntry(
        key="team_persons",
        label="Personnes suivies",
        short_label="Personnes",
        icon="users-round",
        url_name="desk:caseload",
        positions={"manager": 2, "clerk": 4},
        area=("people:",),
    )
)
register(
    NavEntry(
        key="to_unblock",
        label="À débloquer",
        icon="hourglass",
        url_name="desk:caseload",
        positions={"coordinator": 1},
        area=("people:",),
    )
)
fill(
    Slot(
        "front_door",
        "people:front_door",
        roles=frozenset({"practitioner", "manager", "clerk", "dispatcher"}),
    )
)
fill(Slot("home", "desk:home"))
fill(Slot("alerts", "desk:alerts", counter=waiting))
