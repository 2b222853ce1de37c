"""No criterion in the gallery stands without a test."""

from schoolward.ui.examples import COMPONENTS
from schoolward.ui.tests import test_components, test_forms
from schoolward.ui.tests.criteria import CHECKED


def test_every_criterion_has_a_check():
    stated = {(c.key, sentence) for c in COMPONENTS for sentence in c.criteria}

    assert test_components
    assert test_forms
    assert stated == CHECKED
