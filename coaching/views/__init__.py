"""What trainers see and do, by what it is about."""
