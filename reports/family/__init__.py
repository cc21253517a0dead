"""The rest of the family: press releases, words that only people can give, and every document of a period at once."""
