from jalons.kernel.navigation import NavEntry, register

register(
    NavEntry(
        key="caseload",
        label="Ma file active",
        short_label="Ma file",
        icon="users-round",
        url_name="desk:caseload",
        positions={"practitioner": 1},
    )
)
register(
    NavEntry(
        key="team_persons",
        label="Équipe",
        icon="users-round",
        url_name="desk:caseload",
        positions={"manager": 1},
    )
)
register(
    NavEntry(
        key="to_unblock",
        label="À débloquer",
        icon="hourglass",
        url_name="desk:caseload",
        positions={"coordinator": 2},
    )
)
register(
    NavEntry(
        key="entries",
        label="Entrées",
        icon="inbox",
        url_name="desk:caseload",
        positions={"dispatcher": 1, "clerk": 3},
    )
)
