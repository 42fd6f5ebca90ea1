"""Alembic's entry: run each migration in its own transaction, on this house's engine."""

from alembic import context
from sqlalchemy.engine import make_url

from data.engine import writer_engine
from data.tables import metadata

engine = writer_engine(make_url(context.config.attributes["url"]))
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        transaction_per_migration=True,
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
