"""The law as data: instruments, rules and what goes with them; reading rule files and checking their shape."""
