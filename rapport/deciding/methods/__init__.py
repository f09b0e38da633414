"""How what people say is counted when they decide together: plain functions over plain values, without Django."""
