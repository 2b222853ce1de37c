"""A sealed file opens with its passphrase only, whole, and from any place in it."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolward.config.backup import sealing
from schoolward.config.backup.sealing import CHUNK, Opener, Sealer, SealError


@pytest.fixture(autouse=True, scope="module")
def _quick_key():
    """Derive keys cheaply; the cost is for whoever guesses."""
    before, sealing.SCRYPT_COST = sealing.SCRYPT_COST, 2
    yield
    sealing.SCRYPT_COST = before


def sealed(data: bytes, *, passphrase: str = "right", piece: int = 10_000) -> bytes:
    file = io.BytesIO()
    with Sealer(file, passphrase=passphrase) as sealer:
        for start in range(0, len(data), piece):
            sealer.write(data[start : start + piece])
    return file.getvalue()


def opener(held: bytes, *, passphrase: str = "right") -> io.BufferedReader:
    return io.BufferedReader(Opener(io.BytesIO(held), passphrase=passphrase))


@settings(max_examples=30, deadline=None)
@given(
    size=st.sampled_from([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK - 5]),
    piece=st.integers(min_value=1000, max_value=3 * CHUNK),
)
def test_opener_reads_what_the_sealer_took(size, piece):
    data = bytes(number % 251 for number in range(size))

    assert opener(sealed(data, piece=piece)).read() == data


@settings(max_examples=30, deadline=None)
@given(st.integers(min_value=0, max_value=3 * CHUNK), st.integers(0, 2 * CHUNK))
def test_opener_reads_from_any_place(start, length):
    data = bytes(number % 251 for number in range(3 * CHUNK))
    reader = opener(sealed(data))

    reader.seek(start)

    assert reader.read(length) == data[start : start + length]


def test_opener_refuses_another_passphrase():
    with pytest.raises(SealError):
        opener(sealed(b"rows"), passphrase="wrong")


def test_opener_refuses_a_file_whose_end_was_cut_off():
    held = sealed(bytes(3 * CHUNK))

    with pytest.raises(SealError):
        opener(held[: -(CHUNK + sealing.TAG_BYTES)])


def test_opener_refuses_chunks_that_changed_places():
    held = sealed(bytes(CHUNK) + b"\1" * CHUNK + b"end")
    head, size = sealing.HEAD_BYTES, CHUNK + sealing.TAG_BYTES
    first, second = held[head : head + size], held[head + size : head + 2 * size]
    swapped = held[:head] + second + first + held[head + 2 * size :]

    with pytest.raises(SealError):
        opener(swapped).read()


def test_opener_refuses_a_changed_byte():
    held = bytearray(sealed(b"rows of people"))
    held[sealing.HEAD_BYTES + 3] ^= 1

    with pytest.raises(SealError):
        opener(bytes(held))


def test_is_sealed_knows_a_plain_archive():
    assert sealing.is_sealed(io.BytesIO(sealed(b"rows")))
    assert not sealing.is_sealed(io.BytesIO(b"PK\3\4"))
