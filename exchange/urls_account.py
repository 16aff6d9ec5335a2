"""/accounts/export/, /accounts/delete/ and /accounts/tokens/"""

from __future__ import annotations

from django.urls import URLPattern, path

from exchange.views import account, tokens

urlpatterns: list[URLPattern] = [
    path("export/", account.export, name="export"),
    path("export/download/", account.download_export, name="download_export"),
    path("delete/", account.delete, name="delete_account"),
    path("deleted/", account.deleted, name="account_deleted"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", tokens.revoke_token, name="revoke_token"),
]
