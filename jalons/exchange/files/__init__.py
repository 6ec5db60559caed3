"""Reading files that anybody may have made: bounded, and refused with what to do about it."""
