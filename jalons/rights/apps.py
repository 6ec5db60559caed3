from jalons.kernel.rooms import Room


class RightsConfig(Room):
    name = "jalons.rights"
    label = "rights"
