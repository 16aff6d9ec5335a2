"""The read API: own sessions, sets, exercises, programs and progress as JSON, with a token.

`site.py` has the whole of it, `log.py`, `plans.py` and `gains.py` its addresses, `schemas.py` what
they answer. What callers read about it is made of these: docs/api.md, the page at /api/.
"""
