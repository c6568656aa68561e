"""Scores of the digesters on public data, beside a well-known library in the same run.

Each script takes the folder of its data set, which is never part of the repository, and prints one table. None is a
test: they are run by hand when rules change.
"""
