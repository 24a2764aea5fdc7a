"""Which addresses the server connects to when others name them: none that leads inside, however it is written."""

from __future__ import annotations

import ipaddress

import pytest

from vitrail.core.addresses import is_public, read_url
from vitrail.core.errors import InvalidInput

# By trick: each has got past the filter of some client or server.
TRICKS: dict[str, list[str]] = {
    "inside by number": [
        "https://127.0.0.1/",
        "https://127.255.255.254/",
        "https://0.0.0.0/",
        "https://0.1.2.3/",
        "https://10.0.0.1/",
        "https://172.16.0.1/",
        "https://172.31.255.255/",
        "https://192.168.1.1/",
        "https://100.64.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://169.254.170.2/v2/credentials",
        "https://168.63.129.16/machine",
        "https://192.0.0.192/opc/v2/",
        "https://192.0.0.9/",
        "https://192.0.2.1/",
        "https://198.51.100.1/",
        "https://203.0.113.1/",
        "https://198.18.0.1/",
        "https://192.88.99.1/",
        "https://224.0.0.1/",
        "https://239.255.255.250/",
        "https://255.255.255.255/",
        "https://240.0.0.1/",
    ],
    "numbers in other forms": [
        "https://2130706433/",
        "https://3232235777/",
        "https://017700000001/",
        "https://0x7f000001/",
        "https://0x7F.0x0.0x0.0x1/",
        "https://0177.0.0.1/",
        "https://0177.0x0.1/",
        "https://127.1/",
        "https://127.0.1/",
        "https://0/",
        "https://10.1/",
        "https://192.168.257/",
        "https://127.000.000.001/",
        "https://00127.0.0.1/",
        "https://1.2.3.4.5/",
        "https://256.256.256.256/",
        "https://example.0x7f/",
        "https://foo.127/",
        "https://127.0.0.1./",
        "https://127.0.0.1.:443/",
        "https://%31%32%37.0.0.1/",
    ],
    "inside by IPv6": [
        "https://[::]/",
        "https://[::1]/",
        "https://[0:0:0:0:0:0:0:1]/",
        "https://[0000:0000:0000:0000:0000:0000:0000:0001]/",
        "https://[fe80::1]/",
        "https://[fe80::1%25eth0]/",
        "https://[fe80::1%eth0]/",
        "https://[fc00::1]/",
        "https://[fd00:ec2::254]/",
        "https://[fec0::1]/",
        "https://[ff02::1]/",
        "https://[2001:db8::1]/",
        "https://[3fff::1]/",
        "https://[100::1]/",
        "https://[5f00::1]/",
        "https://[2001:10::1]/",
        "https://[2001:20::1]/",
    ],
    "IPv4 within IPv6": [
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[::FFFF:169.254.169.254]/",
        "https://[0:0:0:0:0:ffff:10.0.0.1]/",
        "https://[::127.0.0.1]/",
        "https://[::ffff:0:127.0.0.1]/",
        "https://[64:ff9b::127.0.0.1]/",
        "https://[64:ff9b::a9fe:a9fe]/",
        "https://[64:ff9b:1::7f00:1]/",
        "https://[2002:7f00:1::]/",
        "https://[2002:a00:1::1]/",
        "https://[2002:c0a8:101::]/",
        "https://[2001:0:7f00:1::]/",
        "https://[2001:0:4136:e378:8000:63bf:80ff:fffe]/",
        "https://[2606:4700::5efe:127.0.0.1]/",
        "https://[2606:4700::200:5efe:10.0.0.1]/",
    ],
    "names of inside": [
        "https://localhost/",
        "https://LOCALHOST/",
        "https://localhost./",
        "https://localhost.localdomain/",
        "https://app.localhost/",
        "https://ip6-localhost/",
        "https://printer.local/",
        "https://metadata.google.internal/computeMetadata/v1/",
        "https://metadata/",
        "https://instance-data.ec2.internal/",
        "https://kubernetes/",
        "https://kubernetes.default.svc/",
        "https://kubernetes.default.svc.cluster.local/",
        "https://redis.svc.cluster/",
        "https://router.lan/",
        "https://nas.home.arpa/",
        "https://wiki.intranet/",
        "https://dc.corp/",
        "https://hidden.onion/",
        "https://a.test/",
        "https://a.invalid/",
        "https://1.0.0.127.in-addr.arpa/",
    ],
    "who is the host": [
        "https://user@example.com/",
        "https://user:password@example.com/",
        "https://example.com@127.0.0.1/",
        "https://example.com:443@127.0.0.1/",
        "https://127.0.0.1@example.com/",
        "https://example.com\\@127.0.0.1/",
        "https://127.0.0.1\\@example.com/",
        "https://example.com\\.evil.com/",
        "https://example.com#@127.0.0.1/",
        "https://example.com%2f@127.0.0.1/",
        "https://127.0.0.1%00.example.com/",
        "https://127.0.0.1%2523@example.com/",
        "https:127.0.0.1/",
        "https:/127.0.0.1/",
        "https:///127.0.0.1/",
        "https:////127.0.0.1/",
        "https://@127.0.0.1/",
        "https://:443/",
        "https://",
        "//127.0.0.1/",
        "https://[::1",
        "https://[127.0.0.1]/",
        "https://[v1.x]/",
        "https://[[::1]]/",
        "https://127.0.0.1:443:443/",
        "https://example.com,127.0.0.1/",
        "https://example.com;127.0.0.1/",
        "https://*.example.com/",
        "https://exa_mple.com/",
        "https://-example.com/",
        "https://example-.com/",
        "https://example..com/",
        "https://.example.com/",
        "https://example.com./",
    ],
    "other letters": [
        "https://127。0。0。1/",
        "https://127．0．0．1/",
        "https://１２７.0.0.1/",
        "https://①②⑦.⓪.⓪.①/",
        "https://ｌｏｃａｌｈｏｓｔ/",
        "https://loc\u00adalhost/",
        "https://loc\u200balhost/",
        "https://ⓔxample.com/",
        "https://exampl\u0435.com/",
        "https://example。com/",
        "https://example.com\u2044evil/",
        "https://example.com\uff0f@127.0.0.1/",
        "https://\u202eexample.com/",
        "https://bücher.example.com/",
    ],
    "more than an address": [
        "https://example.com/\r\nHost: 127.0.0.1",
        "https://example.com/%0d%0a x",
        "https://example.com/ HTTP/1.1\r\nX: y",
        "https://example.com\r\n/",
        "https://example.com\t/",
        "\thttps://example.com/",
        " https://example.com/",
        "https://example.com/\n",
        "https://exam\nple.com/",
        "https://example.com/\x00",
        "https://example.com/\x7f",
        "https://example.com/a\\b",
        "https://example.com/#fragment",
        "https://example.com/é",
        "https://example.com/" + "a" * 2_000,
        "https://" + "a" * 64 + ".com/",
        "https://" + "a." * 130 + "com/",
    ],
    "other ports": [
        "https://example.com:22/",
        "https://example.com:6379/",
        "https://example.com:8443/",
        "https://example.com:0/",
        "https://example.com:65536/",
        "https://example.com:99999/",
        "https://example.com:0443/",
        "https://example.com:-1/",
        "https://example.com:+443/",
        "https://example.com: 443/",
        "https://example.com:/",
        "https://example.com:４４３/",
    ],
    "other schemes": [
        "http://example.com/",
        "http://example.com:443/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/_INFO",
        "dict://127.0.0.1:11211/stats",
        "ldap://127.0.0.1/",
        "jar:https://127.0.0.1/!/",
        "data:text/plain,x",
        "javascript:alert(1)",
        "unix:/run/docker.sock",
        "httpsx://example.com/",
        "example.com",
        "",
    ],
}


@pytest.mark.parametrize("trick", TRICKS)
def test_no_trick_leads_inside(trick: str):
    for url in TRICKS[trick]:
        with pytest.raises(InvalidInput):
            raise AssertionError(f"{url!r} is read as {read_url(url)}")


def test_there_are_tricks_enough():
    tricks = {url for urls in TRICKS.values() for url in urls}
    assert len(tricks) == sum(map(len, TRICKS.values())) >= 100


@pytest.mark.parametrize(
    ("url", "host", "port", "target"),
    [
        ("https://example.com", "example.com", 443, "/"),
        ("https://Hooks.Example.COM/services/T0/B0?x=1&y=a%20b", "hooks.example.com", 443, None),
        ("HTTPS://example.com/", "example.com", 443, "/"),
        ("https://example.com:443/", "example.com", 443, "/"),
        ("https://example.com:80/", "example.com", 80, "/"),
        ("https://example.com?a=1", "example.com", 443, "/?a=1"),
        ("https://a.b-c.example.co.uk/~x/;y='(z)!*", "a.b-c.example.co.uk", 443, None),
        ("https://xn--bcher-kva.com/", "xn--bcher-kva.com", 443, "/"),
        ("https://exemple.xn--p1ai/", "exemple.xn--p1ai", 443, "/"),
        ("https://8.8.8.8/", "8.8.8.8", 443, "/"),
        ("https://[2606:4700:4700::1111]/", "2606:4700:4700::1111", 443, "/"),
        ("https://[64:ff9b::8.8.8.8]/", "64:ff9b::808:808", 443, "/"),
        ("https://3com.com/", "3com.com", 443, "/"),
    ],
)
def test_addresses_of_the_public_internet_are_read(url, host, port, target):
    place = read_url(url)
    assert (place.host, place.port) == (host, port)
    assert place.target == target or (target is None and url.endswith(place.target))


def test_this_machine_may_be_named_for_development_and_nothing_else():
    for url in ("http://127.0.0.1:8080/x", "http://localhost:3000/", "https://[::1]:9/"):
        assert read_url(url, loopback=True).port
    for url in ("http://10.0.0.1/", "http://example.com/", "https://example.com:8080/"):
        with pytest.raises(InvalidInput):
            read_url(url, loopback=True)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("::ffff:8.8.8.8", True),
        ("2002:808:808::1", True),
        ("fe80::1%eth0", False),
        ("::ffff:192.168.0.1", False),
        ("64:ff9b::10.0.0.1", False),
    ],
)
def test_what_a_name_leads_to_is_held_to_the_same(address: str, *, expected: bool):
    assert is_public(ipaddress.ip_address(address)) is expected
