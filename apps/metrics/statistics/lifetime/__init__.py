"""What a customer is still worth: BG/NBD for how often it buys again, Gamma-Gamma for how much. Pure, in numpy."""
