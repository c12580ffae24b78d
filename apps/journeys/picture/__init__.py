"""A version of a journey as a picture: what is shown, where it lies, and how it is drawn as SVG."""
