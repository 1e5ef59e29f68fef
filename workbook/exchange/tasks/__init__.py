"""Actions to the systems that people work in, and their status back."""
