import { Validator } from "@seriousme/openapi-schema-validator";
import assert from "node:assert/strict";

type Document = { paths: Record<string, object> };

async function fetchDescription(origin: string): Promise<Document> {
  const response = await fetch(`${origin}/openapi.json`);
  return (await response.json()) as Document;
}

/** Fails where /openapi.json is no valid OpenAPI 3.1. */
export async function assertValidDescription(origin: string): Promise<void> {
  const document = await fetchDescription(origin);
  const validator = new Validator();
  assert.deepEqual(await validator.validate(document), { valid: true });
  assert.equal(validator.version, "3.1");
  // A validator that passes everything would pass this as well.
  assert.equal((await new Validator().validate({ ...document, paths: { "no slash": {} } })).valid, false);
}

/** The routes that /openapi.json names, in the order of the alphabet. */
export async function listRoutes(origin: string): Promise<string[]> {
  const { paths } = await fetchDescription(origin);
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path.replace("/api/v1", "")}`),
  );
  return routes.toSorted();
}
