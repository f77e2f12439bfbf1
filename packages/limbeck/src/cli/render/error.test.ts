import { describe, expect, it } from "vitest";
import { LimbeckError, type ErrorDetails } from "../../kernel/errors/limbeck-error.ts";
import { chooseStyle, type Style } from "../style.ts";
import { renderError } from "./error.ts";

const style = ({ isTTY = false, ascii = false, columns = 80 } = {}): Style =>
  chooseStyle({ write: () => undefined, isTTY, columns }, { env: {}, noColor: false, ascii });

const createError = (details: Partial<ErrorDetails>): LimbeckError =>
  new LimbeckError({
    code: "LB9999",
    reason: "test",
    title: "It broke.",
    why: "",
    fix: [],
    exitCode: 2,
    context: {},
    ...details,
  });

const FULL = createError({
  title: "The revision 3f1c9a2b7d10 builds on 9d2e11aa0c54, and no file in migrations/versions is called that.",
  why: "The file was deleted, or it lives on a branch of your repository that is not checked out.",
  fix: [
    "git log --all -- migrations/versions/2026_02_21_001_a_file_with_a_name_that_is_rather_long.ts",
    "limbeck history",
  ],
});

describe("renderError", () => {
  it("wraps prose at the width and never breaks a command", () => {
    expect(renderError(FULL, style())).toBe(
      [
        "✖ LB9999 The revision 3f1c9a2b7d10 builds on 9d2e11aa0c54, and no file in",
        "  migrations/versions is called that.",
        "  The file was deleted, or it lives on a branch of your repository that is not",
        "  checked out.",
        "  fix: git log --all -- migrations/versions/2026_02_21_001_a_file_with_a_name_that_is_rather_long.ts",
        "       limbeck history",
        "  limbeck explain LB9999",
        "",
      ].join("\n"),
    );
  });

  it("leaves out what there is not", () => {
    expect(renderError(createError({}), style())).toBe("✖ LB9999 It broke.\n  limbeck explain LB9999\n");
  });

  it("uses no sign beyond ASCII when asked to", () => {
    expect(renderError(createError({}), style({ ascii: true }))).toBe("x LB9999 It broke.\n  limbeck explain LB9999\n");
  });

  it("colours the code, and the commands to copy", () => {
    expect(renderError(createError({ fix: ["limbeck history"] }), style({ isTTY: true }))).toBe(
      [
        "\u001B[31m\u001B[1m✖ LB9999\u001B[22m\u001B[39m\u001B[1m It broke.\u001B[22m",
        "  fix: \u001B[1mlimbeck history\u001B[22m",
        "\u001B[2m  limbeck explain LB9999\u001B[22m",
        "",
      ].join("\n"),
    );
  });

  it("keeps the lines of code in a reason as they are", () => {
    const code = '    12 |   await op.addColumn("todos", "deleted_at", timestamp({ timezone: true }));';
    const rendered = renderError(
      createError({ why: `It stopped here:\n${code}` }),
      style({ isTTY: true, columns: 40 }),
    );
    expect(rendered).toContain(`\n  It stopped here:\n  ${code}\n`);
  });
});
