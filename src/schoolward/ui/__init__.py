"""The components every page is built from, and the gallery that shows them.

Nouns: token, icon, pill, button, figure, section, table, pager, field, form, notice,
refusal, dialog, timeline, chart, page. Every room above reads this one; it knows none
of them. A component is a template tag with typed parameters: `templatetags/ui.py` is
loaded into every template, and the functions in `tags/` can be called from Python too.
"""
