"""Batches: many reports, fast, resumable, on one machine or many."""
