"""Finding the account of a session, with the person behind it."""

from allauth.account.auth_backends import AuthenticationBackend

from schoolward.access.models import User


class Accounts(AuthenticationBackend):  # type: ignore[misc]
    """Local accounts, by e-mail address and password."""

    def get_user(self, user_id: int) -> User | None:
        """Return the open account of a session, its person in the same query."""
        users = User.objects.select_related("person__merged_into")
        return users.filter(pk=user_id, is_active=True).first()
