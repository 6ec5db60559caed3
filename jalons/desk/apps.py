from jalons.kernel.rooms import Room


class DeskConfig(Room):
    name = "jalons.desk"
    label = "desk"
