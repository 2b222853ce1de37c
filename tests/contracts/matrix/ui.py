"""Lines of the ui room."""

from tests.contracts.matrix import ANYONE, door


DOORS = {"ui:gallery": door(ANYONE)}
