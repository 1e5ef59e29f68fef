"""Frozen values: framework, engagement, evaluation. No rules, no input or output."""
