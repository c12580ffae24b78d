"""Personal data of the people a brand serves: which columns hold it, how to hand it out and how to erase it."""
