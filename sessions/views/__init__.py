"""The pages of a member's log, by what they are about."""
