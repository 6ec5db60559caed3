"""`decide` and `visible_to` are one policy: on random worlds they agree for every role and act."""

from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.people.drawn import a_world, settled_worlds
from tests.people.twins import Ground, disagreements


@pytest.mark.django_db
def test_they_agree_on_every_way_to_agree_or_object() -> None:
    ground = Ground()
    for world in settled_worlds():
        with ground.populated(world):
            assert list(disagreements(ground, world)) == [], world


@pytest.mark.django_db
def test_one_object_and_the_list_give_the_same_answer(full_size: bool) -> None:
    ground = Ground()

    @settings(
        max_examples=1_000 if full_size else 4,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.randoms(use_true_random=False))
    def agree(source: Random) -> None:
        world = a_world(source)
        with ground.populated(world):
            assert list(disagreements(ground, world)) == [], world

    agree()
