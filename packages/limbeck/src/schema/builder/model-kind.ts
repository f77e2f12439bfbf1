/** Marks what `table()`, `view()` and the like return, across copies of the package. */
export const MODEL_KIND: unique symbol = Symbol.for("limbeck.model");
