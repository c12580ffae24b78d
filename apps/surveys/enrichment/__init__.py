"""What is made of words: their language and their sentiment, by whichever model is set. Reads and writes no rows."""
