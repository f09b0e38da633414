"""What becomes of a program afterwards: how many still come, what people say of it, and what is decided."""
