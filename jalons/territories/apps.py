from jalons.kernel.rooms import Room


class TerritoriesConfig(Room):
    name = "jalons.territories"
    label = "territories"
