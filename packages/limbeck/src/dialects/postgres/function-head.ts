const BODY = /\s+AS\s+(?:\$|E?')/i;

/**
 * A routine without the text of its body, in which the server does not look for what it depends on; a body that is SQL of the statement itself belongs to the head.
 *
 * @param definition as the server writes it, or as somebody wrote it
 */
export function findHead(definition: string): string {
  const body = BODY.exec(definition);
  return body ? definition.slice(0, body.index) : definition;
}

const SIGNATURE_END = /\n LANGUAGE /;

/** Whether a routine is written as `pg_get_functiondef` writes it, so that equal ones look alike. */
export const isServersWords = (definition: string): boolean =>
  definition.startsWith("CREATE OR REPLACE ") && SIGNATURE_END.test(definition);

/** Arguments and result: what CREATE OR REPLACE cannot change. */
export function findSignature(definition: string): string {
  const head = findHead(definition);
  const end = SIGNATURE_END.exec(head);
  return (end ? head.slice(0, end.index) : head).replace(/^CREATE (?:OR REPLACE )?/i, "");
}
