"""Answers from a form: the questions to ask there, and the file that such a form exports."""
