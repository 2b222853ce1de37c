"""What the district's records refuse, in words a person can act on."""


class RuleError(ValueError):
    """A change that the records cannot take; its text says why and what to do."""
