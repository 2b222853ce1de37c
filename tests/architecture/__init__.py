"""Rules that hold the house up, asked of the code itself."""
