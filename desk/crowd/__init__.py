"""Many invented people, for measuring: a sample through the models, then copies made in SQL."""
