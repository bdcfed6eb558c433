"""The pictures of the guides and the README, made by the program itself: see `__main__`."""
