"""Towns without a commune code, matched with communes without a point."""

from typing import Any

from jalons.nomenclature.sources.points import Located, Place, Town, locate, places


def a_commune(code: str, *names: str, **values: Any) -> Place:
    defaults: dict[str, Any] = {
        "parent": "",
        "region": "27",
        "departement": "90",
        "group": "G",
        "population": 900,
    }
    return Place(code=code, names=names, **defaults | values)


def a_town(name: str, latitude: float = 47.6, longitude: float = 6.8, **values: Any) -> Town:
    defaults: dict[str, Any] = {
        "names": frozenset({name}),
        "main": name,
        "area": "27",
        "population": 900,
    }
    return Town(latitude=latitude, longitude=longitude, **defaults | values)


NEIGHBOURS = [a_commune("1", "Offemont"), a_commune("2", "Danjoutin"), a_commune("3", "Bavilliers")]
TOWNS = [a_town("offemont", 47.66), a_town("danjoutin", 47.62), a_town("bavilliers", 47.62)]


def located(commune: Place, *towns: Town) -> Located:
    return locate([*NEIGHBOURS, commune], [*TOWNS, *towns])[commune.code]


def test_the_only_town_of_that_name() -> None:
    assert located(a_commune("4", "Évette"), a_town("evette", 47.7)) == Located(47.7, 6.8)


def test_the_nearest_of_two_namesakes() -> None:
    near, far = a_town("evette", 47.7), a_town("evette", 48.9)
    assert located(a_commune("4", "Évette"), far, near) == Located(47.7, 6.8)


def test_a_namesake_in_another_region_is_another_town() -> None:
    found = located(a_commune("4", "Évette"), a_town("evette", 47.7, area="44"))
    assert found.approximate


def test_a_far_namesake_is_believed_only_if_as_populated() -> None:
    commune = a_commune("4", "Évette")
    assert located(commune, a_town("evette", 48.0)) == Located(48.0, 6.8)
    assert located(commune, a_town("evette", 48.0, population=9000)).approximate


def test_the_beginning_of_the_name_will_do_if_as_populated() -> None:
    commune = a_commune("4", "Évette-Salbert")
    assert not located(commune, a_town("evette", 47.7)).approximate
    assert located(commune, a_town("evette", 47.7, population=90)).approximate


def test_the_name_of_a_commune_it_took_in_will_do() -> None:
    assert (
        located(a_commune("4", "Trois-Chênes", "Évette"), a_town("evette", 47.7)).latitude == 47.7
    )


def test_without_a_town_it_is_the_middle_of_its_neighbours() -> None:
    assert located(a_commune("4", "Évette")) == Located(47.62, 6.8, approximate=True)


def test_an_arrondissement_without_a_town_is_at_its_city() -> None:
    found = located(a_commune("4", "Deuxième", parent="1"))
    assert found == Located(47.66, 6.8, approximate=True)


def test_an_island_alone_is_at_its_towns() -> None:
    island = a_commune("97701", "Saint-Barthélemy", departement="977", region="977", group="")
    found = located(island, a_town("gustavia", 17.9, -62.85, area="977"))
    assert found == Located(17.9, -62.85, approximate=True)


def test_a_commune_without_neighbours_has_no_point() -> None:
    alone = a_commune("98411", "Crozet", departement="984", region="984", group="")
    assert "98411" not in locate([*NEIGHBOURS, alone], TOWNS)


def test_distances() -> None:
    assert round(Located(48.85, 2.35).distance(Located(49.04, 2.12))) == 27


def test_french_towns_of_the_gazetteer() -> None:
    cities = [
        {"countrycode": "FR", "admin1code": "27", "name": "Belfort", "alternatenames": ["Bèfô"]},
        {"countrycode": "RE", "admin1code": "RE", "name": "Le Tampon", "alternatenames": []},
        {"countrycode": "US", "admin1code": "ME", "name": "Belfort", "alternatenames": []},
    ]
    rest = {"population": 1, "latitude": 0.0, "longitude": 0.0}
    found = places(city | rest for city in cities)
    assert [(town.area, town.names) for town in found] == [
        ("27", frozenset({"belfort", "befo"})),
        ("974", frozenset({"le tampon"})),
    ]
