"""Fronts over the one event stream."""
