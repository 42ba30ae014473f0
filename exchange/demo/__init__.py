"""The demonstration: invented employers and people, made from a seed and read like any other import."""
