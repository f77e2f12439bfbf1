/** Columns that go together; with a name of their own where the naming convention's will not do. */
export type NamedColumns = readonly string[] | { readonly columns: readonly string[]; readonly name: string };

/** How a table begins to delete softly. */
export interface EnableSoftDeleteOptions {
  /** The column that says when a row was deleted. Default `deleted_at`. */
  readonly column?: string;
  /** Columns that no two live rows may agree in. What has made them unique among all rows goes. Default none. */
  readonly unique?: readonly NamedColumns[];
  /** Columns that get an index for queries that ask for live rows. Default none. */
  readonly index?: readonly NamedColumns[];
}

/** How a table stops to delete softly. */
export interface DisableSoftDeleteOptions {
  /** The column that says when a row was deleted. Default `deleted_at`. */
  readonly column?: string;
  /** Columns that no two rows may agree in from then on. Default none. */
  readonly unique?: readonly NamedColumns[];
}
