"""The bars of speed: the product's steps and why-not answers against the bare driver, in the same run, on both databases."""
