"""Which servers does this machine believe, and what is wrong with one that it does not?"""

from __future__ import annotations

import ssl

from clientele.system.mail_answers import Ending, Outcome, Step, Why, lost

_CERTIFICATE = {
    9: Why.NOT_YET_VALID,
    10: Why.EXPIRED,
    2: Why.UNKNOWN_ISSUER,
    18: Why.UNKNOWN_ISSUER,  # signed by itself
    19: Why.UNKNOWN_ISSUER,
    20: Why.UNKNOWN_ISSUER,
    21: Why.UNKNOWN_ISSUER,
    62: Why.OTHER_NAME,
    64: Why.OTHER_NAME,  # of an address in figures
}
"""Numbers of X509_verify_cert_error_string in OpenSSL."""

_OLD = frozenset(
    {"UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION", "WRONG_SSL_VERSION", "VERSION_TOO_LOW"}
)


def system_trust() -> ssl.SSLContext:
    """What this machine trusts, and no TLS before 1.2. Tests add a certificate of their own."""
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trust.minimum_version = ssl.TLSVersion.TLSv1_2
    trust.load_default_certs(ssl.Purpose.SERVER_AUTH)
    return trust


def not_secured(step: Step, error: OSError) -> Outcome:
    """What it ends in when TLS could not be set up. Nothing was sent, not even a name."""
    if isinstance(error, ssl.SSLCertVerificationError):
        why = _CERTIFICATE.get(error.verify_code, Why.UNTRUSTED)
        return Outcome(Ending.BAD_CERTIFICATE, step, why)
    if isinstance(error, TimeoutError):
        return lost(step, Why.SILENT)
    if isinstance(error, ssl.SSLError) and not isinstance(
        error, ssl.SSLEOFError | ssl.SSLZeroReturnError
    ):
        return Outcome(Ending.NO_TLS, step, Why.TOO_OLD if error.reason in _OLD else Why.NOT_SPOKEN)
    return lost(step, Why.CUT_OFF)
