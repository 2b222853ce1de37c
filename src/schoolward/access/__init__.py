"""Sign-in and what each person may reach: builds the `Actor` of a request.

Nouns: user, invitation, token, demo link. Read by every entrance.
"""
