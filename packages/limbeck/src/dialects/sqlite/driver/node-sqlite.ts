import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { StoredValue } from "../stored-value.ts";
import type { Driver, DriverDatabase, DriverStatement } from "./driver.ts";
import { loadNodeSqlite } from "../../../dialect/load-node-sqlite.ts";

/**
 * The driver that is built into Node. https://nodejs.org/api/sqlite.html
 *
 * Node 22 reads text up to its first zero character only (seen with 22.18 and 22.23; not with 24 and 26); what is stored is whole.
 */
export const nodeSqlite: Driver = {
  name: "node:sqlite",
  open(path, { readOnly, busyTimeout }) {
    const { DatabaseSync } = loadNodeSqlite();
    return adaptDatabase(new DatabaseSync(path, { readOnly, timeout: busyTimeout }));
  },
  adopt: (value) => (value instanceof loadNodeSqlite().DatabaseSync ? adaptDatabase(value) : undefined),
};

function adaptDatabase(database: DatabaseSync): DriverDatabase {
  return {
    isOpen: () => database.isOpen,
    isInTransaction: () => database.isTransaction,
    exec: (sql) => database.exec(sql),
    prepare: (sql) => adaptStatement(database.prepare(sql)),
    close: () => database.close(),
  };
}

function adaptStatement(statement: StatementSync): DriverStatement {
  statement.setReadBigInts(true);
  statement.setReturnArrays(true);
  return {
    hasColumns: statement.columns().length > 0,
    columns: () => statement.columns(),
    // The types don't know of setReturnArrays. With setReadBigInts, every value is one of the five stored kinds.
    all: (values) => statement.all(...values) as unknown as readonly (readonly StoredValue[])[],
    run: (values) => statement.run(...values).changes,
  };
}
