"""Row 14: ten tries, then a delay, fifteen minutes at most; nobody is locked out by others."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import timedelta
from secrets import token_hex

import pytest

from jalons.accounts import throttle
from jalons.accounts.models import Tries
from jalons.accounts.throttle import LONGEST, STORM, Counter, TooMany, of_account, of_address
from tests.accounts.agents import (
    Agent,
    a_browser,
    an_account,
    an_agent,
    give_code,
    give_password,
    is_signed_in,
    sign_in,
)

Later = Callable[..., None]


def tries_before_a_delay(counter: Counter) -> int:
    for tried in range(100):
        try:
            throttle.take(counter)
        except TooMany:
            return tried
    return 100


def waited(counter: Counter) -> timedelta:
    with pytest.raises(TooMany) as refusal:
        throttle.take(counter)
    return refusal.value.wait


@pytest.mark.parametrize("counter", [of_account("x", "a@b"), of_address("x", "10.0.0.1")])
def test_ten_tries_then_a_delay_that_grows_to_a_quarter_of_an_hour(
    later: Later, counter: Counter
) -> None:
    assert tries_before_a_delay(counter) == 10
    waits = []
    for _ in range(8):
        waits.append(waited(counter))
        later(seconds=waits[-1].total_seconds())
        throttle.take(counter)
    minutes = [wait.total_seconds() / 60 for wait in waits]
    assert minutes == [0.5, 1, 2, 4, 8, 15, 15, 15]
    assert max(waits) == LONGEST == timedelta(minutes=15)


def test_waiting_is_not_made_longer_by_trying(later: Later) -> None:
    counter = of_account("x", "a@b")
    tries_before_a_delay(counter)
    later(seconds=20)
    for _ in range(50):
        assert waited(counter) == timedelta(seconds=10)


def test_twenty_at_once_are_twenty_tries(later: Later) -> None:
    counter = of_account("x", "a@b")

    def one() -> bool:
        try:
            throttle.take(counter)
        except TooMany:
            return False
        return True

    throttle.take(counter)
    same_clock = [copy_context() for _ in range(20)]
    with ThreadPoolExecutor(8) as pool:
        allowed = list(pool.map(lambda context: context.run(one), same_clock))
    assert sum(allowed) == 9


def test_a_day_later_an_account_starts_again_and_an_address_an_hour_later(later: Later) -> None:
    account, address = of_account("x", "a@b"), of_address("x", "10.0.0.1")
    tries_before_a_delay(account)
    tries_before_a_delay(address)
    later(hours=1, seconds=1)
    assert tries_before_a_delay(address) == 10
    assert tries_before_a_delay(account) == 1
    later(days=1, seconds=1)
    assert tries_before_a_delay(account) == 10


def test_a_success_forgives_the_account_and_takes_back_one_try_of_the_address(later: Later) -> None:
    account, address = of_account("x", "a@b"), of_address("x", "10.0.0.1")
    for _ in range(5):
        throttle.take(account, address)
    throttle.succeed(account, address)
    assert tries_before_a_delay(account) == 10
    assert tries_before_a_delay(address) == 6


def test_in_a_storm_strangers_have_three_tries_and_nobody_waits_longer(later: Later) -> None:
    for number in range(STORM):
        throttle.take(of_account("x", f"{number}@b"))
    counter = of_account("x", "calm@b")
    assert tries_before_a_delay(counter) == 3
    assert waited(counter) <= LONGEST
    later(minutes=10)
    assert tries_before_a_delay(of_account("x", "later@b")) == 10


def test_counters_name_nobody(later: Later) -> None:
    throttle.take(of_account("password", "ines@jalons.example"), of_address("x", "10.1.2.3"))
    with throttle._cursor() as cursor:
        cursor.execute("SELECT string_agg(counter::text, ' ') FROM accounts_tries counter")
        [(kept,)] = cursor.fetchall()
    assert "ines" not in kept
    assert "10.1.2.3" not in kept


def test_old_counters_are_forgotten(later: Later) -> None:
    throttle.take(of_account("x", "a@b"))
    assert throttle.clean() == 0
    later(days=1, seconds=1)
    assert throttle.clean() == 2, "the account's and everybody's"
    assert not Tries.objects.exists()


def test_an_account_under_attack_opens_from_its_own_device_only(later: Later) -> None:
    agent, own = an_agent(), a_browser()
    sign_in(own, agent)
    own.post("/deconnexion/")
    for _ in range(10):
        assert give_password(a_browser(), agent.account, "faux").status_code == 422
    assert give_password(a_browser(), agent.account).status_code == 429
    later(seconds=30)
    assert give_password(own, agent.account).status_code == 302
    assert give_code(own, agent.code()).status_code == 302
    assert is_signed_in(own)


def test_a_device_has_ten_tries_of_its_own(later: Later) -> None:
    agent, own = an_agent(), a_browser()
    sign_in(own, agent)
    own.post("/deconnexion/")
    statuses = [give_password(own, agent.account, "faux").status_code for _ in range(12)]
    assert statuses == [422] * 10 + [429] * 2
    assert give_password(a_browser(), agent.account).status_code == 302


def test_a_device_counts_for_its_account_only(later: Later) -> None:
    agent, other, own = an_agent(), an_agent(), a_browser()
    sign_in(own, agent)
    own.post("/deconnexion/")
    for _ in range(10):
        give_password(a_browser(), other.account, "faux")
    assert give_password(own, other.account).status_code == 429


def test_one_address_tries_ten_accounts_then_waits(later: Later) -> None:
    accounts = [an_account() for _ in range(11)]
    statuses = [give_password(a_browser("10.9.9.9"), each, "x").status_code for each in accounts]
    assert statuses == [422] * 10 + [429]
    assert give_password(a_browser(), accounts[0]).status_code == 302


def test_the_second_factor_is_tried_ten_times(later: Later) -> None:
    agent, browser = an_agent(), a_browser()
    give_password(browser, agent.account)
    statuses = [give_code(browser, "000000").status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]
    refused = give_code(browser, agent.code())
    assert refused.status_code == 429
    assert "Attendez une minute" in refused.content.decode()
    later(seconds=30)
    assert give_code(browser, agent.code()).status_code == 302


def test_a_try_is_counted_when_the_request_is_taken_back(later: Later) -> None:
    agent = Agent(an_account(), "", [])
    give_password(a_browser(), agent.account, "faux")
    with throttle._cursor() as cursor:
        cursor.execute("SELECT max(tries) FROM accounts_tries")
        assert cursor.fetchone() == (1,)


def test_an_unlikely_name_is_a_counter_like_another() -> None:
    assert tries_before_a_delay(of_account("x", "é\x00" + token_hex(400))) == 10
