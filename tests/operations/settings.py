"""The product's settings, with an app whose jobs the tests can watch."""

from schoolward.config.settings import *  # noqa: F403
from schoolward.config.settings import INSTALLED_APPS


INSTALLED_APPS = ["tests.operations.work", *INSTALLED_APPS]
