"""Receipts as papers: formed, cancelled, replaced."""
