"""The encrypted store of one profile; the one door to SQLAlchemy, SQLCipher and Argon2."""
