"""From facts to determinations: the reference evaluator, the compiled rule base, and questions asked of it."""
