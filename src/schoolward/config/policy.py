"""What a page may load and run: everything from this host, scripts by nonce only."""

from csp.constants import NONCE, NONE, SELF


DIRECTIVES = {
    "default-src": [NONE],
    "base-uri": [NONE],
    "connect-src": [SELF],
    "font-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "img-src": [SELF, "data:"],
    "manifest-src": [SELF],
    "script-src": [SELF, NONCE],
    "style-src": [SELF],
}
