/** The same shape, with undefined allowed wherever a property may be absent. */
type Loose<Shape> = {
  readonly [Key in keyof Shape]: object extends Pick<Shape, Key> ? Shape[Key] | undefined : Shape[Key];
};

/**
 * Leaves out the properties that are undefined: in the schema model a property that does not apply is absent, so that schemas
 * compare and serialize alike.
 */
export function omitUndefined<Shape extends object>(properties: Loose<Shape>): Shape {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(properties)) if (value !== undefined) kept[key] = value;
  // What is left fits: Loose differs from Shape only in the undefined properties that are taken out here.
  return kept as Shape;
}
