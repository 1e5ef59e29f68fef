"""Files in and out: what teams keep elsewhere, and what they take with them."""
