"""Canonical JSON text and its hash: what chained records, seals and definitions are hashed over."""

import hashlib

import msgspec

_encode = msgspec.json.Encoder(order="sorted").encode


def text(value: object) -> str:
    """Canonical JSON: keys sorted, no blanks, Chinese as itself. Refuses what JSON cannot hold."""
    return _encode(value).decode()


def sha256(content: str | bytes) -> str:
    """Hex SHA-256 of a text (as UTF-8) or of bytes."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def chained(previous: str, body: str) -> str:
    """The hash of a record that follows another: SHA-256 of the previous hash, a line feed, and the body."""
    return sha256(f"{previous}\n{body}")


def commitment(salt: str, value: str) -> str:
    """What stands in a chained record for a personal value: SHA-256 of the salt, a line feed and the value."""
    return sha256(f"{salt}\n{value}")
