"""Invented files of institutions, of any size, written from one end to the other."""
