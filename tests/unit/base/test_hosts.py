"""The rule that keeps traffic away from hosts nobody named."""

import pytest

from voicesim.base.hosts import HostRule, host_of, is_loopback


@pytest.mark.parametrize("host", ["localhost", "agent.localhost", "127.0.0.1", "127.8.9.1", "::1"])
def test_this_machine_by_its_names_and_addresses(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "localhost.evil.com",
        "notlocalhost",
        "127.0.0.1.evil.com",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "0.0.0.0",
        "10.0.0.1",
        "example.com",
        "",
    ],
)
def test_hosts_that_only_look_like_it(host: str) -> None:
    assert not is_loopback(host)


def test_a_rule_takes_loopback_and_what_was_named() -> None:
    rule = HostRule(frozenset({"agent.example.com"}))
    assert rule.allows("http://127.0.0.1:8000/x")
    assert rule.allows("https://AGENT.example.com.:444/x")
    assert not rule.allows("https://evil.example.com/x")
    assert not rule.allows("https://agent.example.com@evil.com/")
    assert not rule.allows("no url")


def test_the_host_of_a_url() -> None:
    assert host_of("http://u:p@Host.:80/") == "host"
    assert host_of("http://[::1]:80/") == "::1"
    assert host_of("http://[broken/") == ""
