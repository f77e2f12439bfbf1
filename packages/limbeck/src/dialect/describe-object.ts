/** What an object is, for errors; never what it holds. */
export function describeObject(value: object): string {
  // An object without a prototype has no constructor, which the types don't know.
  const { constructor } = value as { readonly constructor?: { readonly name: string } };
  return constructor === undefined || constructor === Object
    ? "a plain object"
    : `an object of the class ${constructor.name}`;
}
