"""What ships with the house: questions in our own words, in English, Spanish and Arabic, and surveys made of them."""
