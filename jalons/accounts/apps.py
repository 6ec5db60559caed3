from jalons.kernel.rooms import Room


class AccountsConfig(Room):
    name = "jalons.accounts"
    label = "accounts"
