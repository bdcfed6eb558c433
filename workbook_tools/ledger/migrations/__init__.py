"""Hold the steps that bring a ledger of any age up to this program, in Alembic's form."""
