"""Gives each commune a point: its town's, else the middle of its neighbours'.

A town of the gazetteer bears no commune code. It is taken for a commune when a name agrees in the
same region, and when it lies near the communes already found in the same intercommunalité or
département: first the names that are alone in their region, then the namesakes. Where no name
agrees, the beginning of the name will do (« Évry » for Évry-Courcouronnes) if as many people live
there.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from statistics import median
from typing import Any

from jalons.kernel.text import fold

NEAR, FAR = 25.0, 70.0
"""Kilometres from the middle of the communes found: a namesake below NEAR is the commune, above FAR
another town; between the two, a name alone in its region is if as many people live there."""
OVERSEAS = {
    "GP": "971",
    "MQ": "972",
    "GF": "973",
    "RE": "974",
    "PM": "975",
    "YT": "976",
    "BL": "977",
    "MF": "978",
    "WF": "986",
    "PF": "987",
    "NC": "988",
}


@dataclass(frozen=True)
class Place:
    """A commune to locate; `names` begins with its own."""

    code: str
    names: tuple[str, ...]
    parent: str
    region: str
    departement: str
    group: str
    population: int

    @property
    def name(self) -> str:
        return fold(self.names[0])

    @property
    def area(self) -> str:
        return self.departement if self.overseas else self.region

    @property
    def overseas(self) -> bool:
        return self.departement in OVERSEAS.values()


@dataclass(frozen=True)
class Town:
    """A point of the gazetteer; `area` is a region, or an overseas département."""

    names: frozenset[str]
    main: str
    area: str
    population: int
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Located:
    """Degrees. `approximate`: the middle of the neighbours."""

    latitude: float
    longitude: float
    approximate: bool = False

    def distance(self, other: "Located | Town") -> float:
        """Kilometres, good enough under 200."""
        north = (self.latitude - other.latitude) * 111.2
        east = (self.longitude - other.longitude) * 111.2 * cos(radians(self.latitude))
        return hypot(north, east)


def places(cities: Iterable[Mapping[str, Any]]) -> list[Town]:
    """The French towns of the gazetteer."""
    return [
        Town(
            names=frozenset(map(fold, (city["name"], *city["alternatenames"]))),
            main=fold(city["name"]),
            area=OVERSEAS.get(city["countrycode"], city["admin1code"]),
            population=city["population"],
            latitude=city["latitude"],
            longitude=city["longitude"],
        )
        for city in cities
        if city["countrycode"] == "FR" or city["countrycode"] in OVERSEAS
    ]


def locate(communes: Sequence[Place], towns: Sequence[Town]) -> dict[str, Located]:
    """A point by commune code; a commune without any located neighbour has none."""
    by_name = _by_name(towns)
    found = _near(communes, _alone(communes, by_name))
    _add_nearest(communes, by_name, found)
    _add_middles(communes, towns, found)
    return found


ByName = Mapping[tuple[str, str], Sequence[Town]]


def _by_name(towns: Iterable[Town]) -> ByName:
    by_name: dict[tuple[str, str], list[Town]] = defaultdict(list)
    for town in towns:
        for name in town.names:
            by_name[town.area, name].append(town)
    return by_name


def _namesakes(commune: Place, by_name: ByName) -> list[Town]:
    """The towns that bear one of its names; else those as populated that begin its name."""
    names = map(fold, commune.names)
    found = [town for name in names for town in by_name.get((commune.area, name), ())]
    words = commune.name.split()
    shorter = [" ".join(words[:count]) for count in range(len(words) - 1, 0, -1)]
    begun = (town for name in shorter for town in by_name.get((commune.area, name), ()))
    return found or [town for town in begun if _as_populated(commune, town)]


def _as_populated(commune: Place, town: Town) -> bool:
    return commune.population * 0.5 < town.population < commune.population * 1.7


def _alone(communes: Sequence[Place], by_name: ByName) -> dict[str, Town]:
    """The communes whose name is alone in its area, among the communes and among the towns."""
    homonyms = Counter((commune.area, commune.name) for commune in communes)
    found = {}
    for commune in communes:
        towns = _namesakes(commune, by_name)
        if (
            len(towns) == homonyms[commune.area, commune.name] == 1
            and towns[0].main == commune.name
        ):
            found[commune.code] = towns[0]
    return found


def _near(communes: Sequence[Place], towns: dict[str, Town]) -> dict[str, Located]:
    """Without the towns of another département, and the far ones that are not as populated."""
    found = {code: _point(town) for code, town in towns.items()}
    middle = _middle_of(communes, found)
    return {
        commune.code: found[commune.code]
        for commune in communes
        if commune.code in found and _is_near(commune, towns[commune.code], middle(commune))
    }


def _is_near(commune: Place, town: Town, middle: Located | None) -> bool:
    if commune.overseas or not middle:
        return commune.overseas
    distance = middle.distance(town)
    return distance < NEAR or (distance < FAR and _as_populated(commune, town))


def _add_nearest(communes: Sequence[Place], by_name: ByName, found: dict[str, Located]) -> None:
    """Of the namesakes near enough: the town of that very name, the most populated, the nearest."""
    middle_of = _middle_of(communes, found)
    for commune in communes:
        middle = middle_of(commune)
        if commune.code in found or not middle:
            continue
        towns = _namesakes(commune, by_name)
        near = [town for town in towns if commune.overseas or middle.distance(town) < NEAR]
        if near:
            found[commune.code] = _point(min(near, key=_preference(commune, middle)))


def _preference(commune: Place, middle: Located) -> Callable[[Town], tuple[bool, int, float]]:
    return lambda town: (town.main != commune.name, -town.population, middle.distance(town))


def _add_middles(
    communes: Sequence[Place], towns: Sequence[Town], found: dict[str, Located]
) -> None:
    """The city of an arrondissement, else the middle of the group, département or island."""
    middle_of = _middle_of(communes, found)
    islands = _islands(towns)
    for commune in communes:
        middle = found.get(commune.parent) or middle_of(commune) or islands.get(commune.departement)
        if commune.code not in found and middle:
            found[commune.code] = Located(middle.latitude, middle.longitude, approximate=True)


def _islands(towns: Iterable[Town]) -> dict[str, Located]:
    points: dict[str, list[Located]] = defaultdict(list)
    for town in towns:
        points[town.area].append(_point(town))
    return {area: _middle(points[area]) for area in OVERSEAS.values() if area in points}


def _middle_of(
    communes: Iterable[Place], found: Mapping[str, Located]
) -> Callable[[Place], Located | None]:
    """The middle of the commune's group, else of its département."""
    groups = _middles(communes, found, lambda commune: commune.group)
    departements = _middles(communes, found, lambda commune: commune.departement)
    return lambda commune: groups.get(commune.group) or departements.get(commune.departement)


def _middles(
    communes: Iterable[Place], found: Mapping[str, Located], key: Callable[[Place], str]
) -> dict[str, Located]:
    """The median point of the communes found that share a key; an empty key has none."""
    groups: dict[str, list[Located]] = defaultdict(list)
    for commune in communes:
        if commune.code in found and key(commune):
            groups[key(commune)].append(found[commune.code])
    return {name: _middle(points) for name, points in groups.items()}


def _middle(points: Sequence[Located]) -> Located:
    return Located(
        median(point.latitude for point in points), median(point.longitude for point in points)
    )


def _point(town: Town) -> Located:
    return Located(town.latitude, town.longitude)
