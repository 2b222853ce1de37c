"""The one library in which every component is registered."""

from django import template


register = template.Library()
