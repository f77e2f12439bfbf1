import type { NamingConvention } from "../../schema/builder/naming-convention.ts";
import type { PlannedTable } from "./plan-table.ts";
import { withoutOrder, type DefinedObject } from "../../schema/model/defined-object.ts";
import type { EnumType } from "../../schema/model/enum-type.ts";
import type { Sequence } from "../../schema/model/sequence.ts";
import type { Schema, Trigger, View } from "../../schema/model/schema.ts";
import type { Table } from "../../schema/model/table.ts";
import { chooseExportNames } from "./export-names.ts";
import { imported, listImports, withoutTypes, type Document } from "./document.ts";
import { renderCall, renderLiteral } from "./literal.ts";
import { planModel } from "./plan-model.ts";
import { FILE_WIDTH, printDocument } from "./print-document.ts";
import { renderImportList } from "./render-import-list.ts";
import { renderOptions } from "./render-item.ts";
import { renderTableParts } from "./render-table-parts.ts";

/** Models as text, and what could not be said in them. */
export interface RenderedModels {
  /** A module that exports them. */
  readonly text: string;
  /** Tables that no builders make. */
  readonly unsaid: readonly string[];
}

const renderTable = (parts: PlannedTable): Document => renderCall(imported("table"), renderTableParts(parts));

const renderView = ({ name, definition, ...options }: View): Document =>
  renderCall(imported("view"), [renderLiteral(name), renderLiteral(definition), ...renderOptions(options)]);

const renderEnum = ({ name, values }: EnumType): Document =>
  renderCall(imported("enumType"), [renderLiteral(name), renderLiteral(values)]);

const renderSequence = ({ name, ...options }: Sequence): Document =>
  renderCall(imported("sequence"), [renderLiteral(name), ...renderOptions(options)]);

function renderObject(object: DefinedObject): Document {
  const { kind, name, definition, ...options } = withoutOrder(object);
  return renderCall(imported("definedObject"), [
    ...[kind, name, definition].map(renderLiteral),
    ...renderOptions(options),
  ]);
}

const renderTrigger = ({ name, ...options }: Trigger): Document =>
  renderCall(imported("trigger"), [renderLiteral(name), renderLiteral(options)]);

interface Model {
  readonly name: string;
  readonly suffix: string;
  readonly document: Document;
}

/**
 * Writes the module that exports a schema as models.
 *
 * @param schema as a database has it
 * @param convention gives the names that models can leave out; must be the project's
 * @param isTyped false for JavaScript
 */
export function renderModels(schema: Schema, convention: NamingConvention, isTyped = true): RenderedModels {
  const planned = schema.tables.map((table): readonly [Table, PlannedTable | undefined] => [
    table,
    planModel(table, schema, convention),
  ]);
  const models: readonly Model[] = [
    ...schema.enums.map((one) => ({ name: one.name, suffix: "Enum", document: renderEnum(one) })),
    ...schema.sequences.map((one) => ({ name: one.name, suffix: "Sequence", document: renderSequence(one) })),
    ...planned.flatMap(([{ name }, parts]) => (parts ? [{ name, suffix: "Table", document: renderTable(parts) }] : [])),
    ...schema.views.map((view) => ({ name: view.name, suffix: "View", document: renderView(view) })),
    ...schema.triggers.map((trigger) => ({ name: trigger.name, suffix: "Trigger", document: renderTrigger(trigger) })),
    ...schema.objects.map((one) => ({ name: `${one.kind} ${one.name}`, suffix: "", document: renderObject(one) })),
  ];
  const imports = listImports(models.map(({ document }) => document));
  const names = chooseExportNames(models, imports);
  const parts = [
    ...renderImportList(imports),
    ...models.map(({ document }, position): Document => ["export const ", names[position] ?? "", " = ", document, ";"]),
  ];
  return {
    text: parts.map((part) => `${printDocument(isTyped ? part : withoutTypes(part), FILE_WIDTH)}\n`).join("\n"),
    unsaid: planned.flatMap(([{ name }, found]) => (found ? [] : [name])),
  };
}
