"""Asks an agent what no caller would: the signature audit."""
