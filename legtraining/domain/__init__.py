"""Pure calculations about training: no Django, no database, no clock."""
