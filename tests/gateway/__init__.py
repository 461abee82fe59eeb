"""The gateway, over real HTTP on loopback and a real database."""
