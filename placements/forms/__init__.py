"""Forms of this room: they ask and understand; the services decide."""
