import type { CommitBoundary } from "../../dialect/commit-boundary.ts";
import { findSqlState, SQL_STATES } from "./database-errors.ts";

const MARK = "limbeck_before_use";

/** A new value can be used once its transaction has ended. https://www.postgresql.org/docs/current/sql-altertype.html#id-1.9.3.42.7 */
export const COMMIT_BOUNDARY: CommitBoundary = {
  subject: "the new values of an enum",
  begins: (sql) => /\bADD\s+VALUE\b/i.test(sql),
  isMissed: (error) => findSqlState(error) === SQL_STATES.uncommittedEnumValue,
  mark: `SAVEPOINT ${MARK}`,
  forget: `RELEASE SAVEPOINT ${MARK}`,
  goBack: `ROLLBACK TO SAVEPOINT ${MARK}`,
};
