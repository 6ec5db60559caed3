from jalons.kernel.rooms import Room


class ExchangeConfig(Room):
    name = "jalons.exchange"
    label = "exchange"
