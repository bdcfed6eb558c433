"""Keep copies of what the program writes, and say in words what a change changes in them."""
