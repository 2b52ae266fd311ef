--# One statement per line; all must work read-only.
SELECT 1
select 1;
FROM sales
FROM sales SELECT city WHERE amount > 5
SELECT * FROM '$ROOT/files/other.csv'
SELECT * FROM "$ROOT/files/other.csv"
SELECT * FROM read_csv('$ROOT/files/other.csv', header = true)
SELECT * FROM read_csv(['$ROOT/files/other.csv', '$ROOT/files/sales.csv'], union_by_name = true)
SELECT * FROM read_csv('$ROOT/files/*.csv', union_by_name = true)
FROM glob('$ROOT/files/*')
FROM read_json_auto('$ROOT/files/people.jsonl')
FROM read_text('$ROOT/files/other.csv')
FROM sniff_csv('$ROOT/files/other.csv')
WITH t AS (SELECT city, amount FROM sales) SELECT * FROM t
WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 5) FROM r
DESCRIBE sales
DESCRIBE SELECT 1 AS a
SUMMARIZE sales
SHOW TABLES
SHOW ALL TABLES
EXPLAIN SELECT * FROM sales
EXPLAIN ANALYZE SELECT * FROM sales
explain\nselect 1
PIVOT sales ON city IN ('Bern', 'Zug') USING sum(amount)
UNPIVOT sales ON amount INTO NAME n VALUE v
SELECT name, unnest(tags) FROM people
SELECT city, row_number() OVER (PARTITION BY city ORDER BY amount) FROM sales QUALIFY 1 = 1
SELECT s.city, p.name FROM sales s, people p LIMIT 3
SELECT * EXCLUDE (amount) FROM sales
SELECT random(), uuid(), now(), current_date
SELECT 'COPY x TO y; DROP TABLE z' AS text
SELECT 1 -- ; DROP TABLE own
/* DROP TABLE own; */ SELECT 1
SELECT $$;$$ AS dollars
VALUES (1, 'a'), (2, 'b')
TABLE sales
SELECT column_name FROM information_schema.columns
FROM duckdb_tables()
FROM duckdb_functions() LIMIT 5
SELECT current_setting('threads')
SELECT list_transform([1, 2], lambda x: x + 1)
SELECT count(*) FROM sales TABLESAMPLE 50%
SELECT x FROM generate_series(1, 3) t(x)
