"""Why a load does not do what was asked."""


class LoadRefusedError(ValueError):
    """A load cannot do what was asked; the text says why and what to do."""


class GuardedError(LoadRefusedError):
    """The guard stopped a load; the text says at what."""


class StaleError(LoadRefusedError):
    """The district changed since the load was prepared."""
