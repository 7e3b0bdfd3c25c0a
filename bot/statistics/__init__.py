"""Figures of the service, derived from transcripts and histories; none of them names a person."""
