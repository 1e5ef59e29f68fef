"""The host on the room's network: this machine's address there, and a certificate for it."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import ssl
import tempfile
from pathlib import Path

from workbook.errors import BadInput, Problem

DAYS = 2
"""How long a certificate of our own is valid: the day of the workshop, and the next."""
# Reserved for documentation: nothing is sent there, but the system names the way that it would go.
_ELSEWHERE = ("192.0.2.1", 9)


def lan_address() -> str:
    """The address of this machine on its network. BadInput if it is on none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ELSEWHERE)
            return str(probe.getsockname()[0])
        except OSError as error:
            fix = "join the room’s network, or leave out --lan"
            raise BadInput(Problem("this machine is on no network", fix)) from error


def own_certificate(address: str, now: dt.datetime) -> tuple[bytes, bytes]:
    """A certificate for an address and its key, as PEM. Nobody vouches for it: browsers ask once.

    BadInput where the library that makes it is missing.
    """
    try:
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec
    except ModuleNotFoundError as error:
        fix = "install ownership-workbook with the extra “lan”, or give --cert and --key"
        raise BadInput(Problem("a certificate of one’s own needs “cryptography”", fix)) from error
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, f"workbook at {address}")])
    names = [x509.IPAddress(ipaddress.ip_address(address))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=DAYS))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return certificate.public_bytes(serialization.Encoding.PEM), private


def own_context(address: str, now: dt.datetime) -> ssl.SSLContext:
    """A context with a certificate made for the day. Its key is on the disk for a moment only."""
    certificate, key = own_certificate(address, now)
    with tempfile.TemporaryDirectory(prefix="workbook-tls-") as folder:  # for this person alone
        files = Path(folder, "cert.pem"), Path(folder, "key.pem")
        for file, content in zip(files, (certificate, key), strict=True):
            file.write_bytes(content)
        return context_of(*files)


def context_of(certificate: Path, key: Path) -> ssl.SSLContext:
    """A context with a certificate of somebody's. BadInput if the files are none."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certificate, key)
    except OSError as error:
        fix = f"give a certificate and its key as PEM files: {error.strerror or error}"
        raise BadInput(
            Problem(f"{certificate}, {key}: not a certificate and its key", fix)
        ) from error
    return context
