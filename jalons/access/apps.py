from jalons.kernel.rooms import Room


class AccessConfig(Room):
    name = "jalons.access"
    label = "access"
