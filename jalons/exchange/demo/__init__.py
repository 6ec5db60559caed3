"""An invented population in three real territories, to see Jalons alive: persons, agents and
contacts do not exist."""
