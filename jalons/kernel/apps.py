from jalons.kernel.rooms import Room


class KernelConfig(Room):
    name = "jalons.kernel"
    label = "kernel"
