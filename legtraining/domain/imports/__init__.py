"""Reading the exports of other apps: bytes in, sessions and sets out. Nothing is stored here."""
