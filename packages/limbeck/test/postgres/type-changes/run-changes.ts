import type { CompileContext } from "../../../src/dialect/dialect.ts";
import type { Statement } from "../../../src/dialect/statement.ts";
import type { Connection } from "../../../src/dialect/connection.ts";
import { postgres } from "../../../src/dialects/postgres/index.ts";
import { dispatchOperation, type Operation } from "../../../src/ops/operation.ts";
import type { Column } from "../../../src/schema/model/column.ts";
import { EMPTY_SCHEMA } from "../../../src/schema/model/schema.ts";
import type { ColumnType } from "../../../src/schema/model/column-type.ts";

/** What became of a value: before, as the other type has it, and back again. */
export interface Journey {
  readonly before: string;
  readonly between: string;
  readonly after: string;
}

/** What came of a change of type and back. */
export interface ChangeReport {
  /** The values that the new type takes. */
  readonly kept: readonly Journey[];
  /** What the server said of the others. */
  readonly refused: readonly string[];
  /** What the server said of the way back, or of all values together; absent where it took them. */
  readonly failed?: string;
}

/**
 * Carries out the statements of a change on a table with all values that it lets through. Which these are is found out one by one, by an INSERT, which converts as ALTER does.
 * Numbers are told by what they are, not by how many zeros they end with.
 */
const FUNCTION = `CREATE FUNCTION pg_temp.change(source text, type text, expression text, back text, guards text[], up text[], down text[]) RETURNS json LANGUAGE plpgsql AS $$
DECLARE one record; statement text; tell text; stopped bigint; refused text[] := '{}'; report json;
BEGIN
  tell := CASE WHEN source LIKE 'numeric%[]' THEN '(SELECT array_agg(trim_scale(u)) FROM unnest(c) AS u)::text'
    WHEN source LIKE 'numeric%' THEN 'trim_scale(c)::text' ELSE 'c::text' END;
  EXECUTE format('CREATE TEMP TABLE found (c %s)', type);
  EXECUTE format('CREATE TEMP TABLE t AS SELECT id, c, NULL::text AS before, NULL::text AS between FROM samples.%I WHERE false', source);
  FOR one IN EXECUTE format('SELECT id FROM samples.%I ORDER BY id', source) LOOP
    BEGIN
      EXECUTE format('INSERT INTO found SELECT %s FROM samples.%I WHERE id = %s', expression, source, one.id);
      EXECUTE format('INSERT INTO t SELECT id, c, %s FROM samples.%I WHERE id = %s', tell, source, one.id);
      FOREACH statement IN ARRAY guards LOOP
        EXECUTE statement INTO stopped;
        IF stopped IS NOT NULL THEN RAISE 'guard'; END IF;
      END LOOP;
    EXCEPTION WHEN others THEN refused := refused || SQLERRM;
    END;
  END LOOP;
  IF EXISTS (SELECT FROM t) THEN
    FOREACH statement IN ARRAY up LOOP EXECUTE statement; END LOOP;
    UPDATE t SET between = c::text;
    EXECUTE format('CREATE TEMP TABLE again AS SELECT c FROM samples.%I WHERE false', source);
    FOR one IN SELECT id FROM t LOOP
      BEGIN
        EXECUTE format('INSERT INTO again SELECT %s FROM t WHERE id = %s', back, one.id);
      EXCEPTION WHEN others THEN
        refused := refused || SQLERRM;
        DELETE FROM t WHERE id = one.id;
      END;
    END LOOP;
    DROP TABLE again;
    FOREACH statement IN ARRAY down LOOP EXECUTE statement; END LOOP;
  END IF;
  EXECUTE format('SELECT json_build_object(''kept'', coalesce(json_agg(json_build_object(''before'', before, ''between'', between, ''after'', %s) ORDER BY id), ''[]''), ''refused'', $1) FROM t', tell) INTO report USING refused;
  DROP TABLE t, found;
  RETURN report;
EXCEPTION WHEN others THEN
  RETURN json_build_object('kept', '[]'::json, 'refused', refused, 'failed', SQLERRM);
END $$`;

const unquote = (type: string): string => type.replaceAll('"', "");

/** Makes tables of values, and what changes them. */
export async function prepareSamples(
  connection: Connection,
  samples: readonly (readonly [string, readonly string[]])[],
): Promise<ReadonlyMap<string, ColumnType>> {
  await connection.execute("CREATE SCHEMA samples");
  const types = new Map<string, ColumnType>();
  for (const [type, values] of samples) {
    await connection.execute(
      `CREATE TABLE samples."${unquote(type)}" (id integer GENERATED ALWAYS AS IDENTITY, c ${type})`,
    );
    const rows = values.map((value) => `('${value.replaceAll("'", "''")}')`).join(", ");
    await connection.execute(`INSERT INTO samples."${unquote(type)}" (c) VALUES ${rows}`);
  }
  const { schema } = await postgres.introspect(connection);
  for (const [type] of samples) {
    const found = schema.tables.find(({ name }) => name === `samples.${unquote(type)}`);
    const column = found?.columns.find(({ name }) => name === "c");
    if (!column) throw new Error(`no column of ${type}`);
    types.set(type, column.type);
  }
  await connection.execute(FUNCTION);
  return types;
}

function compile(from: ColumnType, to: ColumnType): readonly Statement[] {
  const column = (type: ColumnType): Column => ({ name: "c", type, nullable: true });
  const operation: Operation = { kind: "alterColumn", table: "t", from: column(from), to: column(to) };
  const context: CompileContext = { before: EMPTY_SCHEMA, after: EMPTY_SCHEMA, serverVersion: "15" };
  return dispatchOperation(postgres.compile, operation, context);
}

/** What the value of the column becomes. */
const findExpression = ([sql = ""]: readonly string[]): string => / USING (.*)$/s.exec(sql)?.[1] ?? '"c"';

/** Gives the values of a type another one, and the former one again. */
export async function runChange(
  connection: Connection,
  name: string,
  from: ColumnType,
  to: ColumnType,
): Promise<ChangeReport> {
  const [up, down] = [compile(from, to), compile(to, from)];
  const [guards, changes] = [true, false].map((wanted) =>
    up.filter(({ guard }) => (guard !== undefined) === wanted).map(({ sql }) => sql),
  );
  const returning = down.filter(({ guard }) => guard === undefined).map(({ sql }) => sql);
  const [row] = await connection.query("SELECT pg_temp.change($1, $2, $3, $4, $5, $6, $7) AS report", [
    unquote(name),
    postgres.types.render(to),
    findExpression(changes ?? []),
    findExpression(returning),
    [...(guards ?? [])],
    [...(changes ?? [])],
    returning,
  ]);
  // What the function above builds.
  return row?.["report"] as unknown as ChangeReport;
}
