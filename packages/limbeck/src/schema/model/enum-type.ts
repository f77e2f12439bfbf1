/** A type of the database whose values are a few names, in an order of their own. */
export interface EnumType {
  readonly name: string;
  /** In the order in which they compare. */
  readonly values: readonly string[];
}
