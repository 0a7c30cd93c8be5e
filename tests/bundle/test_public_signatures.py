"""The public vectors of Ed25519, through the class that a signature of a bundle is verified by."""

from __future__ import annotations

import json
from pathlib import Path

from antq_desktop.bundle.minisign import MalformedSignatureError, PublicKey

VECTORS = Path(__file__).parents[1] / "vectors" / "public" / "wycheproof" / "ed25519_test.json"


def holds(key: str, message: str, signature: str) -> bool:
    try:
        read = PublicKey.from_text(PublicKey(bytes.fromhex(key)).text)
    except MalformedSignatureError:
        return False
    return read.verify(bytes.fromhex(message), bytes.fromhex(signature))


def test_every_public_signature_is_judged_as_published() -> None:
    told = json.loads(VECTORS.read_text(encoding="utf-8"))
    judged = {"valid": 0, "invalid": 0}
    for group in told["testGroups"]:
        key = group["publicKey"]["pk"]
        for case in group["tests"]:
            assert holds(key, case["msg"], case["sig"]) == (case["result"] == "valid"), case["tcId"]
            judged[case["result"]] += 1
    assert min(judged.values()) > 0
