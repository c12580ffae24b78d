"""What lists may be narrowed by: declared with the node type as `where` inputs, compiled to conditions here."""
