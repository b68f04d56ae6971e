"""The pages' door: templates and static files, sessions by cookie, and what goes wrong in words. Joined to the API by `asgi`."""
