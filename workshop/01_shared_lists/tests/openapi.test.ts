import assert from "node:assert/strict";
import { it } from "node:test";
import { assertValidDescription, listRoutes } from "../../00_personal_todo/tests/support/openapi.ts";
import { service } from "./support/service.ts";

it("the description of the API is valid OpenAPI 3.1", () => assertValidDescription(service.origin));

it("the description names every route", async () => {
  assert.deepEqual(await listRoutes(service.origin), [
    "delete /lists/{id}",
    "delete /todos/{id}",
    "delete /trash/lists/{id}",
    "delete /trash/{id}",
    "get /health",
    "get /lists",
    "get /lists/{id}",
    "get /schema-version",
    "get /todos",
    "get /todos/{id}",
    "get /trash",
    "get /trash/lists",
    "patch /lists/{id}",
    "patch /todos/{id}",
    "post /lists",
    "post /lists/{id}/restore",
    "post /todos",
    "post /todos/{id}/restore",
    "post /trash/purge",
  ]);
});
