from jalons.kernel.rooms import Room


class AttentionConfig(Room):
    name = "jalons.attention"
    label = "attention"
