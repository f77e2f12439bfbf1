/** Why something is not done. What that is in HTTP stands in api/answer-error.ts. */

/** Something else stands in the way, and can be moved. */
export class Conflict extends Error {
  /** The id of what stands in the way. */
  readonly blockingId: number;
  readonly fix: string | undefined;

  constructor(detail: string, blockingId: number, fix?: string) {
    super(detail);
    this.blockingId = blockingId;
    this.fix = fix;
  }
}

/** Whoever wants to change something has not seen its last change. */
export class Stale extends Error {
  constructor(version: number) {
    super(`If-Match does not name its ETag, which is "${version}" now, quotes included. Read it again.`);
  }
}

/** A todo is to be in a list that there is not. */
export class UnknownList extends Error {
  constructor(id: number) {
    super(`There is no list with the id ${id}.`);
  }
}
