from django.apps import AppConfig


class SessionsConfig(AppConfig):
    """Our workout sessions. Django's own login sessions have the label `sessions` already."""

    name = "sessions"
    label = "workouts"
