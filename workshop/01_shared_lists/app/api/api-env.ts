import type { Database } from "../core/database.ts";

/** What every request finds in its context: `c.var.db`. */
export interface ApiEnv {
  Variables: { db: Database };
}
