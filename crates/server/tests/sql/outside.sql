--# One statement per line: each reaches for a file or for what is not the workspace's, which the API refuses. $ROOT is the test's
--# folder, with secret.csv, secret.json, secret.parquet-like.txt and the workspace in it.
SELECT * FROM '$ROOT/secret.csv'
FROM '$ROOT/secret.csv'
FROM "$ROOT/secret.csv"
SELECT * FROM read_csv('$ROOT/secret.csv')
SELECT * FROM read_csv_auto('$ROOT/secret.csv')
SELECT * FROM read_csv(['$ROOT/docs/shipments.csv', '$ROOT/secret.csv'])
SELECT * FROM read_csv('$ROOT/*.csv')
SELECT * FROM read_csv('$ROOT/**/*.csv')
SELECT * FROM read_csv('$ROOT/docs/../secret.csv')
SELECT * FROM read_csv('$ROOT/./secret.csv')
SELECT * FROM read_csv('file://$ROOT/secret.csv')
SELECT * FROM read_csv('$ROOT/' || 'secret.csv')
SELECT * FROM read_csv(concat('$ROOT', '/secret.csv'))
SELECT * FROM read_text('$ROOT/secret.csv')
SELECT * FROM read_text('/etc/passwd')
SELECT * FROM read_blob('/etc/hostname')
SELECT * FROM read_text('/proc/self/environ')
SELECT * FROM read_text('/proc/self/cmdline')
SELECT * FROM read_blob('$ROOT/workspace/workspace.duckdb')
SELECT * FROM read_json('$ROOT/secret.json')
SELECT * FROM read_json_auto('$ROOT/secret.json')
SELECT * FROM read_json_objects('$ROOT/secret.json')
SELECT * FROM read_ndjson('$ROOT/secret.json')
SELECT * FROM read_parquet('$ROOT/secret.parquet')
SELECT * FROM parquet_scan('$ROOT/secret.parquet')
SELECT * FROM parquet_schema('$ROOT/secret.parquet')
SELECT * FROM parquet_metadata('$ROOT/secret.parquet')
SELECT * FROM sniff_csv('$ROOT/secret.csv')
SELECT * FROM 'https://example.com/data.csv'
SELECT * FROM read_csv('http://169.254.169.254/latest/meta-data')
SELECT * FROM read_parquet('s3://bucket/data.parquet')
SELECT * FROM read_csv('$ROOT/secret.csv') UNION ALL SELECT * FROM shipments
SELECT (SELECT count(*) FROM '$ROOT/secret.csv') AS n FROM shipments
WITH s AS (FROM '$ROOT/secret.csv') FROM s
SELECT * FROM shipments WHERE id IN (SELECT a FROM '$ROOT/secret.csv')
EXPLAIN ANALYZE SELECT * FROM '$ROOT/secret.csv'
DESCRIBE SELECT * FROM '$ROOT/secret.csv'
SUMMARIZE SELECT * FROM '$ROOT/secret.csv'
SELECT * FROM query('SELECT * FROM ''$ROOT/secret.csv''')
SELECT * FROM query_table('$ROOT/secret.csv')
SELECT * FROM duckdb_secrets()
SELECT * FROM duckdb_logs()
SELECT getenv('HOME')
COPY (SELECT 1) TO '$ROOT/out.csv'
COPY shipments TO '$ROOT/docs/shipments.csv'
ATTACH '$ROOT/workspace/workspace.duckdb' AS w
ATTACH '$ROOT/new.duckdb'
INSTALL httpfs
LOAD httpfs
PRAGMA database_list
PRAGMA enable_profiling
SET enable_external_access = true
SET allowed_directories = ['/']
SET memory_limit = '100GB'
CALL pragma_version()
EXPORT DATABASE '$ROOT/export'
CREATE TABLE x AS SELECT * FROM '$ROOT/secret.csv'
SELECT 1; SELECT * FROM '$ROOT/secret.csv'
SELECT * FROM read_csv('/dev/stdin')
SELECT write_log('x')
