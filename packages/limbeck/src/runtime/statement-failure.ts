/** Thrown to code of the project whose statement the database refuses, in the words of the database. */
export class StatementFailure extends Error {
  override readonly name: string = "StatementFailure";
  readonly sql: string;
  readonly location: string;

  constructor(message: string, place: { readonly sql: string; readonly location: string }, cause: unknown) {
    super(message, { cause });
    this.sql = place.sql;
    this.location = place.location;
  }
}
