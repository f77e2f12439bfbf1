/**
 * Marks a branch that the type system says cannot be reached, and fails loudly if it is.
 *
 * @param value what should have been impossible
 * @throws Error always: reaching it is a bug
 */
export function assertNever(value: never): never {
  throw new Error(`Unreachable value: ${JSON.stringify(value)}`);
}
