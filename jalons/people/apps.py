from jalons.kernel.rooms import Room


class PeopleConfig(Room):
    name = "jalons.people"
    label = "people"
