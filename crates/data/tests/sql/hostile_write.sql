--# One statement per line, run with --write: all must be refused, and no file may appear or change outside the own tables.
COPY (SELECT 1) TO '$ROOT/out.csv'
COPY sales TO '$ROOT/files/sales.csv'
COPY (SELECT * FROM sales LIMIT 1) TO '$ROOT/files/sales.csv' (USE_TMP_FILE false)
COPY own TO '$ROOT/files/sales.csv' (USE_TMP_FILE false)
/* x */ COPY own TO '$ROOT/files/sales.csv' (USE_TMP_FILE false)
EXPLAIN ANALYZE COPY own TO '$ROOT/files/sales.csv' (USE_TMP_FILE false)
ANALYZE COPY own TO '$ROOT/files/sales.csv' (USE_TMP_FILE false)
(FORMAT json) COPY own TO '$ROOT/files/sales.csv' (USE_TMP_FILE false)
EXPORT DATABASE '$ROOT/export'
IMPORT DATABASE '$ROOT/export'
COPY FROM DATABASE tables TO memory
ATTACH '$ROOT/new.duckdb'
ATTACH ':memory:' AS m
ATTACH '$ROOT/workspace/workspace.duckdb' AS w
DETACH tables
USE memory
INSTALL httpfs
LOAD httpfs
LOAD '$ROOT/files/sales.csv'
SET memory_limit = '100GB'
SET allowed_directories = ['/']
SET enable_external_access = true
SET VARIABLE x = 1
RESET lock_configuration
PRAGMA enable_profiling
PRAGMA threads = 64
CALL enable_logging()
CHECKPOINT
VACUUM
BEGIN
PREPARE p AS DROP TABLE own
EXECUTE p
CREATE SECRET s (TYPE s3)
CREATE MACRO f() AS TABLE FROM enable_logging()
CREATE VIEW v AS FROM enable_logging()
CREATE TABLE x AS SELECT * FROM enable_profiling()
INSERT INTO own SELECT 1 FROM enable_logging()
CREATE TABLE x AS FROM read_text('/etc/' || 'passwd')
INSERT INTO own VALUES (2); DROP TABLE own
INSERT INTO own VALUES (2); COPY own TO '$ROOT/out.csv'; SELECT 1
SELECT 1; DROP TABLE own
