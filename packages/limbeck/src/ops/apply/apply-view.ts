import { operationErrors } from "../../kernel/errors/operation-errors.ts";
import { findTable, type Schema } from "../../schema/model/schema.ts";
import type { OperationMap } from "../operation.ts";
import { refuseTakenName } from "./edit-schema.ts";
import { isSameData, showData } from "./same-data.ts";

/** Adds a view after the others. */
export function applyCreateView({ view }: OperationMap["createView"], schema: Schema): Schema {
  refuseTakenName(schema, view.name);
  return { ...schema, views: [...schema.views, view] };
}

/** Takes a view away, and its triggers with it. */
export function applyDropView({ view }: OperationMap["dropView"], schema: Schema): Schema {
  const found = schema.views.find(({ name }) => name === view.name);
  if (!found) throw operationErrors.viewNotFound({ view: view.name, views: schema.views.map(({ name }) => name) });
  if (!isSameData(found, view)) {
    const object = `view "${view.name}"`;
    throw operationErrors.definitionDiffers({ object, expected: showData(view), found: showData(found) });
  }
  return {
    ...schema,
    views: schema.views.filter(({ name }) => name !== view.name),
    triggers: schema.triggers.filter(({ table }) => table !== view.name),
    objects: schema.objects.filter(({ table }) => table !== view.name),
  };
}

/** Adds a trigger after the others. */
export function applyCreateTrigger({ trigger }: OperationMap["createTrigger"], schema: Schema): Schema {
  if (schema.triggers.some(({ name, table }) => name === trigger.name && table === trigger.table)) {
    throw operationErrors.alreadyExists({ object: `trigger "${trigger.name}"` });
  }
  if (!findTable(schema, trigger.table) && !schema.views.some(({ name }) => name === trigger.table)) {
    const tables = [...schema.tables, ...schema.views].map(({ name }) => name);
    throw operationErrors.tableNotFound({ table: trigger.table, tables });
  }
  return { ...schema, triggers: [...schema.triggers, trigger] };
}

/** Takes a trigger away. */
export function applyDropTrigger({ trigger }: OperationMap["dropTrigger"], schema: Schema): Schema {
  const found = schema.triggers.find(({ name, table }) => name === trigger.name && table === trigger.table);
  if (!found) {
    const triggers = schema.triggers.map(({ name }) => name);
    throw operationErrors.triggerNotFound({ trigger: trigger.name, triggers });
  }
  if (!isSameData(found, trigger)) {
    const object = `trigger "${trigger.name}"`;
    throw operationErrors.definitionDiffers({ object, expected: showData(trigger), found: showData(found) });
  }
  return { ...schema, triggers: schema.triggers.filter((one) => one !== found) };
}
