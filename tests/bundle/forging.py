"""What an attacker who holds a key, or none, can put together by hand."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from antq_desktop.bundle import envelope, limits
from antq_desktop.bundle.keys import DeviceKeys
from antq_desktop.bundle.writing import Sealed, manifest_text

from .conftest import Office

Bag = dict[str, bytes]


def unwrap(office: Office, path: Path) -> bytes:
    """Return the zip inside a bundle."""
    out = io.BytesIO()
    with path.open("rb") as source:
        envelope.decrypt(source, out, [office.province.age_identity])
    return out.getvalue()


def bag_of(office: Office, sealed: Sealed) -> Bag:
    """Return the files of a bundle, seen from its folder."""
    with zipfile.ZipFile(io.BytesIO(unwrap(office, sealed.path))) as inside:
        return {name.partition("/")[2]: inside.read(name) for name in inside.namelist()}


def listed(bag: Mapping[str, bytes], names: Callable[[str], bool]) -> bytes:
    """Return the manifest of the files that are chosen."""
    chosen = [name for name in bag if names(name)]
    return manifest_text({name: hashlib.sha256(bag[name]).hexdigest() for name in chosen})


def resigned(bag: Bag, keys: DeviceKeys, comment: str) -> Bag:
    """Return the bag with manifests and signature made anew, as the owner of a key can."""
    payload = {name: data for name, data in bag.items() if name.startswith("data/")}
    size = sum(len(data) for data in payload.values())
    tags = dict(payload)
    tags[limits.BAGIT] = bag[limits.BAGIT]
    tags[limits.BAG_INFO] = f"Payload-Oxum: {size}.{len(payload)}\n".encode()
    tags[limits.MANIFEST] = listed(payload, lambda _: True)
    tags[limits.TAG_MANIFEST] = listed(tags, lambda name: name in limits.TAG_FILES)
    tags[limits.SIGNATURE] = keys.sign(tags[limits.TAG_MANIFEST], comment)
    return tags


def zipped(folder: str, bag: Mapping[str, bytes]) -> bytes:
    """Return a plain zip of the files under a folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in bag.items():
            made.writestr(zipfile.ZipInfo(f"{folder}/{name}"), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def enclosed(office: Office, data: bytes, name: str = "forged.antq") -> Path:
    """Encrypt anything for the receiver, as everybody can who saw its public file."""
    path = office.folder / name
    with path.open("wb") as out:
        envelope.encrypt(io.BytesIO(data), out, [office.province.public.age_recipient])
    return path


def forged(
    office: Office, sealed: Sealed, change: Callable[[Bag], None], *, sign: bool = True
) -> Path:
    """Change the files of a bundle, sign them anew (or not), and close it again."""
    bag = bag_of(office, sealed)
    change(bag)
    if sign:
        bag = resigned(bag, office.commune, sealed.header.comment)
    return enclosed(office, zipped(sealed.header.name, bag))


def minisign_secret_file(keys: DeviceKeys) -> str:
    """Return the signing key as `minisign -s` reads it, without a password."""
    public = base64.b64decode(keys.public.sign_public.text)
    key_id, raw = public[2:10], public[10:]
    secret = keys.signing.private_bytes_raw() + raw
    check = hashlib.blake2b(b"Ed" + key_id + secret, digest_size=32).digest()
    whole = b"Ed" + bytes(2) + b"B2" + bytes(48) + key_id + secret + check
    return f"untrusted comment: sample\n{base64.b64encode(whole).decode()}\n"
