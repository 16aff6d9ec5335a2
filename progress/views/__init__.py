"""The pages of a member's own progress."""
