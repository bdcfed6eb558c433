"""What may be wrong with a return: codes, places, and every sentence about them."""
