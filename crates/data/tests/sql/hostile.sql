--# One statement per line; $ROOT is the test's folder. All must be refused, and no file may change or appear.
CREATE TABLE x(i INTEGER)
CREATE TEMP TABLE x(i INTEGER)
CREATE VIEW x AS SELECT 1
CREATE OR REPLACE MACRO f() AS 1
CREATE SECRET s (TYPE s3)
CREATE PERSISTENT SECRET s (TYPE http, BEARER_TOKEN 'x')
INSERT INTO own VALUES (2)
UPDATE own SET i = 3
DELETE FROM own
TRUNCATE own
DROP TABLE own
ALTER TABLE own ADD COLUMN j INTEGER
MERGE INTO own USING (SELECT 1 AS i) s ON own.i = s.i WHEN MATCHED THEN DELETE
COMMENT ON TABLE own IS 'x'
WITH w AS (INSERT INTO own VALUES (2) RETURNING i) SELECT * FROM w
WITH w AS (DELETE FROM own RETURNING i) FROM w
COPY (SELECT 1) TO '$ROOT/out.csv'
COPY sales TO '$ROOT/files/sales.csv'
COPY (SELECT 1) TO '$ROOT/files/sales.csv' (USE_TMP_FILE false)
COPY (SELECT 1) TO '/dev/stdout'
COPY own FROM '$ROOT/files/other.csv'
COPY FROM DATABASE tables TO memory
EXPORT DATABASE '$ROOT/export'
IMPORT DATABASE '$ROOT/export'
ATTACH '$ROOT/new.duckdb'
ATTACH ':memory:' AS m
ATTACH '$ROOT/workspace/workspace.duckdb' AS w (READ_ONLY)
DETACH tables
USE memory
INSTALL httpfs
FORCE INSTALL httpfs FROM community
LOAD httpfs
LOAD '$ROOT/evil.duckdb_extension'
UPDATE EXTENSIONS
SET memory_limit = '100GB'
SET enable_external_access = true
SET GLOBAL allowed_directories = ['/']
SET VARIABLE x = 1
RESET memory_limit
PRAGMA memory_limit='100GB'
PRAGMA enable_profiling
PRAGMA database_list
PRAGMA import_database('$ROOT')
CALL enable_logging()
CALL pragma_version()
CALL force_checkpoint()
CHECKPOINT
FORCE CHECKPOINT
VACUUM
ANALYZE
BEGIN
BEGIN TRANSACTION
COMMIT
ROLLBACK
PREPARE p AS SELECT 1
EXECUTE p
DEALLOCATE p
SELECT 1; COPY (SELECT 1) TO '$ROOT/out.csv'
SELECT 1;; DROP TABLE own;
COPY (SELECT 1) TO '$ROOT/out.csv'; SELECT 1
SELECT 1 /* ; */; CREATE TABLE x(i INTEGER)
SELECT 1 -- \n; COPY (SELECT 1) TO '$ROOT/out.csv'
/* SELECT */ COPY (SELECT 1) TO '$ROOT/out.csv'
-- SELECT 1\nCOPY (SELECT 1) TO '$ROOT/out.csv'
/* /* nested */ */ DROP TABLE own
cOpY (SELECT 1) tO '$ROOT/out.csv'
COPY (SELECT 1) TO E'$ROOT/out.csv'
COPY (SELECT 1) TO $$$ROOT/out.csv$$
SELECT 1) TO '$ROOT/out.csv' --
SELECT '1'') TO ''$ROOT/out.csv'; DROP TABLE own
EXPLAIN COPY (SELECT 1) TO '$ROOT/out.csv'
EXPLAIN ANALYZE COPY (SELECT 1) TO '$ROOT/out.csv'
EXPLAIN ANALYZE INSERT INTO own VALUES (2)
EXPLAIN ANALYZE CREATE TABLE x AS SELECT 1
EXPLAIN SELECT 1; DROP TABLE own
EXPLAIN (FORMAT json) DROP TABLE own
EXPLAIN EXPLAIN ANALYZE DROP TABLE own
EXPLAIN ANALYZE EXPLAIN ANALYZE INSERT INTO own VALUES (2)
SELECT * FROM enable_logging()
SELECT * FROM enable_logging(storage = 'file', storage_path = '$ROOT/logs')
FROM main.enable_profiling()
FROM "enable_profiling"()
FROM system.main.enable_logging()
SELECT (SELECT count(*) FROM enable_logging())
SELECT * FROM sales WHERE EXISTS (FROM disable_logging())
WITH w AS (FROM checkpoint()) FROM w
FROM force_checkpoint()
FROM query('SELECT * FROM enable_logging()')
FROM query_table('own')
FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))
PRAGMA json_execute_serialized_sql('{}')
SELECT write_log('x')
SELECT "write_log"('x')
SELECT system.main.write_log('x')
SELECT nextval('s')
SELECT getenv('HOME')
FROM duckdb_secrets()
FROM read_csv('/etc/' || 'passwd')
FROM read_text(concat('/etc/pass', 'wd'))
FROM read_text(['/etc/pass' || 'wd'])
FROM glob('/etc' || '/*')
FROM read_duckdb('$ROOT/workspace/workspace.duckdb')
FROM 'https://example.org/x.csv'
FROM read_parquet('s3://bucket/x.parquet')
FROM sqlite_scan('$ROOT/x.db', 't')
FROM '$ROOT/nosuch.csv'
