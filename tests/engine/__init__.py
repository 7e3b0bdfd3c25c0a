"""Tests of the engine, which mirror `engine/`; they run in its environment."""
