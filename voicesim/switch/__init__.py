"""The telephone exchange: one scheduler for every driver, without I/O."""
