/** What the service has to do, as lists and todos in memory. */

export interface Row {
  kind: "lists" | "todos";
  id: number;
  title: string;
  version: number;
  state: "live" | "trash" | "gone";
  /** The todos of a group went together. */
  group: string | null;
  deletedAt: string | null;
  /** undefined for a list, and for a todo in none. */
  list?: Row | undefined;
}

export class Model {
  readonly rows: Row[] = [];

  /** A list or todo by any number; undefined where there is none of the kind. */
  pick(kind: Row["kind"], number: number): Row | undefined {
    const ofKind = this.rows.filter((row) => row.kind === kind);
    return ofKind[number % ofKind.length];
  }

  hasLiveTwin({ kind, title }: Pick<Row, "kind" | "title">, self?: Row): boolean {
    return this.rows.some((row) => row !== self && row.kind === kind && row.state === "live" && row.title === title);
  }

  /** The todos that would come back with a list. */
  listGroup(list: Row): Row[] {
    return this.rows.filter((row) => row.list === list && row.state === "trash" && row.group === list.group);
  }

  /** What goes with a row that is deleted, itself included. */
  listDeleted(row: Row): Row[] {
    return [row, ...this.rows.filter((other) => other.list === row && other.state === "live")];
  }

  delete(row: Row, group: string | null, deletedAt: string | null): void {
    for (const one of this.listDeleted(row)) {
      one.state = "trash";
      one.group = group;
      one.deletedAt = deletedAt;
      one.version++;
    }
  }

  canRestoreList(list: Row): boolean {
    return !this.hasLiveTwin(list) && !this.listGroup(list).some((todo) => this.hasLiveTwin(todo));
  }

  restoreList(list: Row): void {
    for (const row of [list, ...this.listGroup(list)]) this.revive(row);
  }

  revive(row: Row): void {
    row.state = "live";
    row.group = null;
    row.deletedAt = null;
    row.version++;
  }
}
