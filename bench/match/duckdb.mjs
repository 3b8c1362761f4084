// DuckDB in memory, and one row of an answer.

import { DuckDBInstance } from '../duckdb/node_modules/@duckdb/node-api/lib/index.js';

export async function open() {
	return (await DuckDBInstance.create(':memory:')).connect();
}

export async function rows(db, sql) {
	return (await db.runAndReadAll(sql)).getRowObjects();
}

export async function one(db, sql) {
	return (await rows(db, sql))[0];
}
