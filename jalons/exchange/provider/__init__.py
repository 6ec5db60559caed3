"""A small provider of identities (OpenID Connect), for the demo and the tests only.

It speaks the real protocol by real HTTP: discovery, keys, code with proof key, signed claims, end
of session. Its people are the demo's professionals; it asks nobody for a password, keeps nothing
beyond the process, and exists on the demo's loopback only (`Line.demo`).
"""
