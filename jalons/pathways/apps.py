from jalons.kernel.rooms import Room


class PathwaysConfig(Room):
    name = "jalons.pathways"
    label = "pathways"
