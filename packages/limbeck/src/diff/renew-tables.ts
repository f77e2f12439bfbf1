import type { Operation } from "../ops/operation.ts";
import type { Constraint, ForeignKey } from "../schema/model/constraint.ts";
import { listDescendants, listParents, type Table } from "../schema/model/table.ts";
import type { DiffRules } from "./diff-rules.ts";
import { key as keyOf, lighter, moved, relation, rowsOf, SOFT, target as relationTarget } from "./order/things.ts";
import type { GivenPlace } from "./order/effect-context.ts";
import type { SchemaStates } from "./schema-states.ts";

/** Tables that the engine cannot turn into what they are to be, and that are made anew with their rows. */
export interface RenewedTables {
  readonly names: ReadonlySet<string>;
  readonly operations: readonly Operation[];
  /** Where the steps that carry rows come among all operations. */
  readonly places: ReadonlyMap<Operation, GivenPlace>;
}

/** Where rows are put aside, and where they come back; between these the table goes, and comes. */
const RELEASE = 3;
const SAVE = 3.5;
const FILL = 5.5;
const COMPLETE = 6.5;

function carry(original: Table, target: Table, states: SchemaStates, rules: DiffRules) {
  const carried = rules.carryRows(original, target);
  if (!carried) return undefined;
  const { name } = target;
  const [before, after] = [states.current, states.target].map(({ tables }) => listDescendants(tables, name));
  const save: Operation = { kind: "execute", ...carried.save, affects: [] };
  const fill: Operation = { kind: "execute", ...carried.fill, affects: [] };
  const keys = target.constraints.filter(({ kind }) => kind === "foreignKey");
  const places: readonly (readonly [Operation, GivenPlace])[] = [
    [
      save,
      {
        rank: SAVE,
        effects: {
          requires: before?.map(moved) ?? [],
          releases: [name, ...(before ?? [])].map(relation),
          // Who would look at them goes before, so that on the way back it comes when they are there.
          destroys: [rowsOf(name), SOFT + rowsOf(name)],
        },
      },
    ],
    [
      fill,
      {
        rank: FILL,
        effects: {
          requires: [
            relation(name),
            ...(after ?? []).flatMap((part) => [relation(part), moved(part)]),
            ...keys.flatMap((key) => (key.kind === "foreignKey" ? SOFT + rowsOf(key.references.table) : [])),
          ],
          creates: [rowsOf(name), SOFT + rowsOf(name)],
        },
      },
    ],
  ];
  return { save, fill, places };
}

/** The foreign keys that do not go and come with their table. */
type ListApart = (table: Table) => readonly ForeignKey[];

/**
 * Keys between tables that are made anew go before the first of these goes, and come when all rows are there. Those of a table that partitions leave or join stay
 * with nobody else: a partition keeps the keys that it has when it leaves.
 */
function createListApart(names: ReadonlySet<string>, changing: ReadonlySet<string>): ListApart {
  return ({ name, constraints }) =>
    constraints.filter(
      (one): one is ForeignKey =>
        one.kind === "foreignKey" &&
        one.references.table !== name &&
        (changing.has(name) || (names.has(name) && names.has(one.references.table))),
    );
}

function without(table: Table, keys: readonly Constraint[]): Table {
  return { ...table, constraints: table.constraints.filter((one) => !keys.includes(one)) };
}

type Placed = readonly [Operation, GivenPlace];

function dropKey(table: string, constraint: ForeignKey): Placed {
  const { table: target } = constraint.references;
  const releases = [relation(table), relationTarget(target), rowsOf(table), rowsOf(target)];
  return [
    { kind: "dropConstraint", table, constraint },
    { rank: RELEASE, effects: { releases, creates: [lighter(table)] } },
  ];
}

function addKey(table: string, constraint: ForeignKey, joining: readonly string[]): Placed {
  const { table: target, columns } = constraint.references;
  const requires = [
    ...[table, target].flatMap((one) => [relation(one), rowsOf(one)]),
    relationTarget(target),
    keyOf(target, columns),
    ...joining.map(moved),
  ];
  return [
    { kind: "addConstraint", table, constraint },
    { rank: COMPLETE, effects: { requires } },
  ];
}

/** The tables of two schemas. */
export interface MatchedTables {
  readonly pairs: readonly (readonly [original: Table, target: Table])[];
  readonly removed: readonly Table[];
  readonly added: readonly Table[];
}

/** Which tables stay, and leave or join the one of a name as its partitions. */
function createListMoving(stay: MatchedTables["pairs"]) {
  return (name: string, side: "leave" | "join"): readonly string[] =>
    stay
      .filter(([original, target]) => {
        const [before, after] = [original, target].map((table) => listParents(table).includes(name));
        return before !== after && (side === "leave" ? before : after);
      })
      .map(([, target]) => target.name);
}

function findRenewed(pairs: MatchedTables["pairs"], carried: readonly string[]): ReadonlySet<string> {
  const names = new Set(carried);
  for (let size = -1; size !== names.size;) {
    size = names.size;
    for (const [original, target] of pairs) {
      const isKept = listParents(target).some((parent) => names.has(parent) && listParents(original).includes(parent));
      if (isKept) names.add(target.name);
    }
  }
  return names;
}

/** Tables that come and go, among them those that have to be made anew, with the partitions that they keep, whose rows are among theirs. */
export function renewTables(
  { pairs, removed, added }: MatchedTables,
  states: SchemaStates,
  rules: DiffRules,
): RenewedTables {
  const carried = pairs.flatMap(([original, target]) => {
    const found = carry(original, target, states, rules);
    return found ? [{ ...found, name: target.name }] : [];
  });
  const names = findRenewed(
    pairs,
    carried.map(({ name }) => name),
  );
  const [renewed, stay] = [true, false].map((wanted) => pairs.filter(([, { name }]) => names.has(name) === wanted));
  const listMoving = createListMoving(stay ?? []);
  const [going, coming] = [
    [...removed, ...(renewed ?? []).map(([table]) => table)],
    [...added, ...(renewed ?? []).map(([, table]) => table)],
  ];
  const isLeft = (side: "leave" | "join") => (table: Table) => listMoving(table.name, side).length > 0;
  const changing = new Set(
    [...going.filter(isLeft("leave")), ...coming.filter(isLeft("join"))].map(({ name }) => name),
  );
  const listApart = createListApart(names, changing);
  const drops = going.flatMap((table) => listApart(table).map((key) => dropKey(table.name, key)));
  const adds = coming.flatMap((table) =>
    listApart(table).map((key) => addKey(table.name, key, listMoving(table.name, "join"))),
  );
  return {
    names,
    operations: [
      ...[...drops, ...adds].map(([operation]) => operation),
      ...carried.flatMap(({ save, fill }) => [save, fill]),
      ...going.map((table): Operation => ({ kind: "dropTable", table: without(table, listApart(table)) })),
      ...coming.map((table): Operation => ({ kind: "createTable", table: without(table, listApart(table)) })),
    ],
    places: new Map([...drops, ...adds, ...carried.flatMap(({ places }) => places)]),
  };
}
