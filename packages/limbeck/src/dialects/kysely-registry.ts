import type { Dialect } from "kysely";
import type { ConnectOptions, DatabaseTarget } from "../dialect/dialect.ts";
import { describeObject } from "../dialect/describe-object.ts";
import type { QueryRunner } from "../dialect/kysely/query-runner.ts";
import { connectionErrors } from "../kernel/errors/connection-errors.ts";
import { mysql } from "./mysql/index.ts";
import { mysqlKysely } from "./mysql/kysely/kysely-dialect.ts";
import { postgres } from "./postgres/index.ts";
import { postgresKysely } from "./postgres/kysely/kysely-dialect.ts";
import { readScheme, refuseScheme } from "./refuse-scheme.ts";
import { sqlite } from "./sqlite/index.ts";
import { sqliteKysely } from "./sqlite/kysely/kysely-dialect.ts";

/** An engine with its way to Kysely. Kysely asks for a dialect at once, so that none of them can be loaded later. */
const ENGINES = [
  { ...sqlite, kysely: sqliteKysely },
  { ...postgres, kysely: postgresKysely },
  { ...mysql, kysely: mysqlKysely },
];

/** @throws ConnectionError (unknownScheme) */
function findByUrl(url: string): (typeof ENGINES)[number] {
  const scheme = readScheme(url);
  const found = ENGINES.find(({ schemes }) => scheme !== undefined && schemes.includes(scheme));
  return (
    found ??
    refuseScheme(
      url,
      ENGINES.flatMap(({ schemes }) => schemes),
    )
  );
}

/** @throws ConnectionError (unknownConnection) */
function findByObject(value: object): (typeof ENGINES)[number] {
  const found = ENGINES.find(({ identifyConnection }) => identifyConnection(value) !== undefined);
  if (found) return found;
  throw connectionErrors.unknownConnection({ found: describeObject(value) });
}

/** A Kysely dialect for a URL or an open database object. */
export function createKyselyDialect(target: DatabaseTarget, options: ConnectOptions): Dialect {
  const { kysely } = typeof target === "string" ? findByUrl(target) : findByObject(target);
  return kysely.open(target, options);
}

/** A Kysely dialect over `op`, in the words of its engine. */
export function createBorrowedKyselyDialect(name: string, runner: QueryRunner): Dialect {
  const found = ENGINES.find((engine) => engine.name === name);
  if (!found) throw connectionErrors.unknownScheme({ scheme: name, schemes: ENGINES.map((engine) => engine.name) });
  return found.kysely.borrow(runner);
}
