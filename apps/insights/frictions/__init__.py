"""Where it is hard for customers: found in what happened, proposed to people, who say what becomes of it."""
