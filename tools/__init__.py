"""Tools of the people who work on Schoolward; nothing here is installed.

What is imported from here finds Django set up.
"""

import django


django.setup()
