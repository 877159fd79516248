"""The encrypted store: engine, keys, migrations, search, queries. No Qt."""
