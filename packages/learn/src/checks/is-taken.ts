import type { Database } from "../learner.ts";

/** Whether the database takes a statement. */
export const isTaken = ({ execute }: Database, statement: string): Promise<boolean> =>
  execute(statement).then(
    () => true,
    () => false,
  );
