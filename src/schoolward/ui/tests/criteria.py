"""Which test checks which accessibility criterion."""

CHECKED: set[tuple[str, str]] = set()


def meets(key, sentence):
    """Say which criterion of a component a test checks."""
    CHECKED.add((key, sentence))
    return lambda test: test
