"""`make bench`: what the budgets of the design are measured with. Nothing here can fail a build."""
