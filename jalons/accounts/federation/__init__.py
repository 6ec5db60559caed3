"""OpenID Connect, from our side: what is asked of a provider and what is believed of its answer.

`clients` reads the table of providers, `transport` calls them, `discovery` keeps their addresses
and keys, `flow` what was asked, `tokens` checks what came back, `refusals` says it in French.
"""
