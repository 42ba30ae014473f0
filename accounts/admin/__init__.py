"""What an administrator manages of this room: users with their roles, the audit trail, background jobs."""

from accounts.admin import jobs, trail, users

__all__ = ["jobs", "trail", "users"]
