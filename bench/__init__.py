"""Benchmarks: each prints its figures as lines `name: value unit`; they assert nothing."""
