"""Run the migrations inside the transaction that `database` has begun (Alembic's hook)."""

from alembic import context

from myths.store.schema import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
context.run_migrations()
