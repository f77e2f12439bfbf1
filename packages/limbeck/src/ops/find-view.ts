import type { Operation } from "./operation.ts";

/** The view that an operation drops or makes; undefined for those that do something else. One that is materialized is an object to the model. */
export function findView(operation: Operation): string | undefined {
  if (operation.kind === "dropView" || operation.kind === "createView") return operation.view.name;
  if (operation.kind !== "dropObject" && operation.kind !== "createObject") return undefined;
  const { kind, name } = operation.object;
  return kind === "materialized view" ? name : undefined;
}
