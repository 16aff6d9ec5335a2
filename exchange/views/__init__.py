"""The pages of what comes in, goes out, and is read from outside."""
