from jalons.kernel.rooms import Room


class JournalConfig(Room):
    name = "jalons.journal"
    label = "journal"
