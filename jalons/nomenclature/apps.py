from jalons.kernel.rooms import Room


class NomenclatureConfig(Room):
    name = "jalons.nomenclature"
    label = "nomenclature"
