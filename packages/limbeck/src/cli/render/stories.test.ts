import { describe, expect, it } from "vitest";
import { chooseStyle, type Style } from "../style.ts";
import { tellCheck } from "./check.ts";
import { renderDiff, tellDiff } from "./diff.ts";
import { formatDuration } from "./duration.ts";
import { tellInit } from "./init.ts";
import { tellMigration } from "./migrate.ts";
import { tellRevision } from "./revision-file.ts";
import { tellScript } from "./script.ts";
import { tellStamp } from "./stamp.ts";

const style = (ascii = false): Style =>
  chooseStyle({ write: () => undefined, isTTY: false, columns: undefined }, { env: {}, noColor: true, ascii });

const CHANGE = { kind: "addColumn", sign: "+", text: "add column due_at to todos" } as const;

describe("the story after a state change", () => {
  it("of a migration says where the database stands and what comes next", () => {
    const steps = [{ revision: "b", direction: "up", message: "m", milliseconds: 3 } as const];
    expect(tellMigration({ to: ["b"], heads: ["b"], steps, notices: [] }, "limbeck status", style())).toBe(
      "✔ 1 revision run: the database stands at b.\nNext: limbeck status",
    );
    expect(tellMigration({ to: [], heads: ["b"], steps: [], notices: [] }, "limbeck upgrade heads", style())).toBe(
      "Nothing to do: the database stands at base.\nNext: limbeck upgrade heads",
    );
  });

  it("of an upgrade that does nothing says that its target lies below", () => {
    const view = { to: ["c", "d"], heads: ["c", "d"], steps: [], notices: [] };
    const tell = (applied: readonly string[]): string =>
      tellMigration({ ...view, applied }, "limbeck status", { ...style(), repeated: ["--config", "x.ts"] });
    expect(tell(["a"])).toBe(
      [
        "Nothing to do: a is applied already, and the database stands at c, d.",
        "To go back to it: limbeck --config x.ts downgrade a",
        "Next: limbeck --config x.ts status",
      ].join("\n"),
    );
    expect(tell([])).toMatch(/^Nothing to do: base is before the first revision, and .* c,\nd\.\nTo go back/);
    expect(tell(["c"])).toMatch(/^Nothing to do: the database stands at c, d\.\nNext/);
    // A head without a row, because d depends on it.
    const implied = { ...view, to: ["d"], applied: ["c"] };
    expect(tellMigration(implied, "limbeck status", style())).toMatch(/^Nothing to do: c is applied .* at d\.\nNext/);
  });

  it("of a script says that nothing was executed", () => {
    const result = { from: [], to: ["b"], revisions: ["a", "b"], script: "...", notices: [], leftOut: [], renewed: [] };
    expect(tellScript(result, "limbeck upgrade head", style())).toBe(
      "Nothing was executed. The script leads from base to b: 2 revisions.\nNext: limbeck upgrade head",
    );
    expect(tellScript(result, undefined, style())).not.toContain("Next");
    expect(tellScript({ ...result, renewed: ["titles", "sums"] }, undefined, style())).toMatch(
      /^Made anew: titles, sums\. What only the database knows of them, rights and notes\nfor example, is not in the script; a run keeps it\.\n/,
    );
    expect(tellScript({ ...result, from: ["b"], revisions: [] }, undefined, style())).toBe(
      "Nothing to do at b, so there is no script.",
    );
  });

  it("tells which way was taken when a step down could have gone several", () => {
    const notices = [{ kind: "ambiguousDowngrade", from: "d1", others: ["d2"] } as const];
    const steps = [{ revision: "d1", direction: "down", message: "m", milliseconds: 3 } as const];
    expect(tellMigration({ to: ["c", "d2"], heads: ["d1", "d2"], steps, notices }, "limbeck status", style())).toBe(
      [
        "⚠ The database stands at 2 revisions, and the steps down are counted from d1; d2",
        "  stays where it is.",
        "  limbeck downgrade d2@-1",
        "✔ 1 revision run: the database stands at c, d2.",
        "Next: limbeck status",
      ].join("\n"),
    );
    const script = {
      from: ["d1", "d2"],
      to: ["c", "d2"],
      revisions: ["d1"],
      script: "...",
      notices,
      leftOut: [],
      renewed: [],
    };
    expect(tellScript(script, undefined, style())).toMatch(/^⚠ The database stands at 2 revisions/);
  });

  it("of a stamp says that nothing ran", () => {
    expect(tellStamp({ from: [], to: ["b"] }, style(true))).toBe(
      "ok Stamped base -> b. No revision was run and no table changed.\nNext: limbeck status",
    );
  });

  it("of init shows the open line", () => {
    const next = ['limbeck revision -m "initial" --autogenerate'] as const;
    const openLines = ['  // models: () => import("./x.ts"),'];
    expect(tellInit({ configPath: "limbeck.config.ts", openLines, scripts: {}, next }, style())).toBe(
      [
        "✔ One line of limbeck.config.ts is open, the import of your models:",
        "",
        '    // models: () => import("./x.ts"),',
        "",
        'Next, once it is filled in: limbeck revision -m "initial" --autogenerate',
      ].join("\n"),
    );
  });

  it.each([
    [true, "✔ limbeck.config.ts takes your tables from app/models.ts."],
    [false, "⚠ app/models.ts is not there yet: the file that exports your tables."],
  ])("of init says where the models are (%s)", (exists, expected) => {
    const view = { configPath: "limbeck.config.ts", openLines: [], scripts: {}, next: ["limbeck status"] } as const;
    const models = { path: "app/models.ts", exists, isSql: false };
    expect(tellInit({ ...view, models }, style())).toBe(`${expected}\nNext: limbeck status`);
  });
});

describe("the story of a revision", () => {
  const place = { downRevision: ["a"], branchLabels: [], dependsOn: [], heads: ["b"] };
  const asides = { unmanaged: [], missing: [], spellings: [] };
  const written = { path: "/app/b.ts", revision: "b", ...place, ...asides, hooks: [], needs: [] };

  it("says what it does, what cannot come back, and that it is proven", () => {
    const result = {
      ...written,
      changes: [CHANGE],
      notes: ["downgrade: the values of todos.due_at"],
      proof: "proven",
    } as const;
    expect(tellRevision(result, style())).toBe(
      [
        "Revision b, on top of a.",
        "  + add column due_at to todos",
        "⚠ downgrade: the values of todos.due_at",
        "✔ Proven on a scratch database: up, down and up again gave the right schema.",
        "Next: limbeck upgrade head",
      ].join("\n"),
    );
  });

  it("does not lead into an upgrade that rows will stop", () => {
    const result = { ...written, changes: [CHANGE], notes: [], proof: "proven" } as const;
    const needs = [{ table: "todos", fault: "have NULL in title", rows: 2 }];
    expect(tellRevision({ ...result, needs }, style())).toMatch(
      /\nNext, once the file says what becomes of the rows: limbeck upgrade head$/,
    );
    expect(tellRevision({ ...result, needs: needs.map((need) => ({ ...need, rows: 0 })) }, style())).toMatch(
      /\nNext: limbeck upgrade head$/,
    );
  });

  it("says where it belongs when that is not plain, and what the hooks had to say", () => {
    const hooks = [
      { name: "oxfmt", output: "  \n" },
      { name: "oxlint", output: "1 warning\nin b.ts\n\n" },
    ];
    const rest = { changes: [CHANGE], notes: [], proof: "proven", hooks } as const;
    const result = { ...written, ...rest, branchLabels: ["billing", "pay"], dependsOn: ["c"], heads: ["x", "b"] };
    expect(tellRevision(result, style())).toBe(
      [
        "Revision b, on top of a.",
        "Begins the branch billing, pay.",
        "Depends on c.",
        "  + add column due_at to todos",
        "✔ Proven on a scratch database: up, down and up again gave the right schema.",
        "The hook oxlint says:",
        "1 warning",
        "in b.ts",
        "Next: limbeck upgrade heads",
      ].join("\n"),
    );
  });

  it("says that an empty one is to be filled in", () => {
    const result = { ...written, downRevision: [], changes: [], notes: [], proof: "not needed" } as const;
    expect(tellRevision(result, style())).toBe(
      "Revision b, on top of base.\nWrite its upgrade and downgrade now.\nNext: limbeck show b",
    );
  });
});

describe("a difference", () => {
  const result = {
    from: "the database",
    to: "the models",
    generate: 'limbeck revision -m "..." --autogenerate',
    changes: [CHANGE],
    operations: [],
    sql: "ALTER TABLE todos ADD COLUMN due_at;\n",
    unmanaged: [],
    missing: [],
    spellings: [],
  };

  it("is listed, and followed by its statements", () => {
    expect(renderDiff(result, false, style())).toBe(
      "  + add column due_at to todos\n\nALTER TABLE todos ADD COLUMN due_at;",
    );
    expect(renderDiff(result, true, style())).toBe("ALTER TABLE todos ADD COLUMN due_at;");
    expect(tellDiff(result, style())).toBe(
      '1 change; nothing was written.\nNext: limbeck revision -m "..." --autogenerate',
    );
  });

  it("that is none leaves stdout empty", () => {
    const none = { ...result, changes: [], sql: "" };
    expect(renderDiff(none, false, style())).toBe("");
    expect(tellDiff(none, style())).toBe("✔ The models and the database agree.");
    expect(tellCheck(none, style(true))).toBe("ok The models and the database agree.");
    expect(tellDiff({ ...none, to: "schema.sql" }, style())).toBe("✔ schema.sql and the database agree.");
  });
});

describe("formatDuration", () => {
  it.each([
    [0.2, "<1 ms"],
    [1, "1 ms"],
    [9.4, "9 ms"],
    [999.4, "999 ms"],
    [999.6, "1.0 s"],
    [12_340, "12.3 s"],
    [59_949, "59.9 s"],
    [59_960, "1 min 0 s"],
    [125_400, "2 min 5 s"],
  ])("says %s ms as %s", (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});
