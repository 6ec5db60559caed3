from jalons.territories.settings import Group, Kind, Setting

UNBLOCKING_FACTOR = Setting(
    key="attention.unblocking_factor",
    label="Retard qui inscrit sur « À débloquer »",
    help="Nombre de fois le délai au-delà duquel une situation rejoint la liste de la"
    " coordination. Une personne sans référent ou sans structure y est dès son délai passé.",
    kind=Kind.NUMBER,
    default=2,
    group=Group.ATTENTION,
    least=1,
    most=10,
)
