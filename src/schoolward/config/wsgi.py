"""The application as a web server sees it."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolward.config.settings")
application = get_wsgi_application()
# Every page's module is loaded now, so that nobody's first page waits for it.
len(get_resolver().url_patterns)
