"""The GraphQL side of the kernel: one HTTP view, and what the apps declare their types with."""
