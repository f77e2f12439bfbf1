import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HistoryResult } from "../../../commands/history.ts";
import { RevisionGraph } from "../../../graph/revision-graph.ts";
import { sketchGraph } from "../../../graph/sketch-graph.ts";
import { chooseStyle } from "../../style.ts";
import { renderHistory, type HistoryView } from "../history.ts";
import { renderDot } from "./dot.ts";
import { renderMermaid, tellMermaidLimits } from "./mermaid.ts";

/** Documents are never coloured, even where the terminal is. */
const style = chooseStyle(
  { write: () => undefined, isTTY: true, columns: 80 },
  { env: {}, noColor: false, ascii: false },
);

function list(graph: RevisionGraph, range = ":", messages: Readonly<Record<string, string>> = {}): HistoryResult {
  const revisions = graph
    .resolveRange(range)
    .map((id) => ({ ...graph.get(id), message: messages[id] ?? `make ${id.toUpperCase()}`, path: `/app/${id}.ts` }));
  return { revisions };
}

const STORY = sketchGraph("a; b < a; c < a #side; d < b c; x ~ b");

const withDatabase = (result: HistoryResult): HistoryResult => ({
  ...result,
  current: ["b"],
  pending: ["d", "c", "x"],
});

/** One revision with some message. */
const say = (message: string): HistoryResult => list(sketchGraph("a"), ":", { a: message });

describe("a Mermaid flowchart", () => {
  it("has a box for each revision, and arrows to what it builds and depends on", () => {
    expect(renderMermaid(list(STORY), style)).toBe(
      [
        "flowchart TB",
        '  rd["d (side) (head)<br>make D"]',
        '  rx["x (head)<br>make X"]',
        '  rb["b<br>make B"]',
        '  rc["c (side)<br>make C"]',
        '  ra["a<br>make A"]',
        "  rd --> rb",
        "  rd --> rc",
        "  rx -. depends on .-> rb",
        "  rb --> ra",
        "  rc --> ra",
      ].join("\n"),
    );
  });

  it("shows where the database stands, what is pending, and what lies outside of the range", () => {
    const text = renderMermaid(withDatabase(list(STORY, "b:d")), style);
    expect(text).toContain('  rb["b (current)<br>make B"]:::current\n');
    expect(text).toContain('  rd["d (head)<br>make D"]:::pending\n');
    expect(text).toContain('  ra["a"]:::outside\n');
    expect(text).toMatch(
      /\n {2}classDef pending stroke-dasharray:5 5\n {2}classDef current stroke-width:4px\n {2}classDef outside fill:none,stroke:none$/,
    );
  });

  // What each of these looks like when it is drawn was seen with Mermaid 10.9 and 11.17: as it was written.
  it.each([
    [`say "hi" (twice)`, "say #34;hi#34; (twice)"],
    ["<b>bold</b> & co", "#60;b#62;bold#60;/b#62; #38; co"],
    ["issue #12; #quot;", "issue #35;12#59; #35;quot#59;"],
    ["`code` 100%%", "#96;code#96; 100#37;#37;"],
    ["[a] {b} | c", "#91;a#93; #123;b#125; #124; c"],
    ["a --> b", "a --#62; b"],
    ["restyle:#fff;", "restyle#58;#35;fff#59;"],
    ["Größe 日本語, café", "Größe 日本語, café"],
    ["party 🎉", "party #127881;"],
    ["one\ttwo\nthree", "one two three"],
    [String.raw`C:\new \t $$x$$ $`, "C#58;#92;#8288;new #92;t #36;#8288;#36;x#36;#8288;#36; #36;"],
    ["fa:fa-user", "fa#58;#8288;fa-user"],
  ])("escapes %s", (message, escaped) => {
    expect(renderMermaid(say(message), style)).toBe(`flowchart TB\n  ra["a (head)<br>${escaped}"]`);
  });

  it("has names for all ids that are words of its grammar alone", () => {
    const graph = RevisionGraph.from([
      { revision: "end", downRevision: null },
      { revision: `2026_01_01"x`, downRevision: "end" },
      { revision: "größe", downRevision: `2026_01_01"x` },
    ]);
    expect(renderMermaid(list(graph), style).split("\n").slice(4)).toEqual([
      "  rgr_xf6__xdf_e --> r2026_01_01_x22_x",
      "  r2026_01_01_x22_x --> rend",
    ]);
  });

  it("has different names for different ids", () => {
    const ids = fc.stringMatching(/^[ax_2é"]{1,6}$/u);
    fc.assert(
      fc.property(fc.uniqueArray(ids, { minLength: 2, maxLength: 6 }), (revisions) => {
        const graph = RevisionGraph.from(revisions.map((revision) => ({ revision, downRevision: null })));
        const names = renderMermaid(list(graph), style)
          .split("\n")
          .slice(1)
          .map((line) => line.trim().split("[")[0]);
        expect(new Set(names).size).toBe(revisions.length);
        expect(names.filter((name) => !/^r\w+$/.test(name ?? ""))).toEqual([]);
      }),
    );
  });

  it("is told to be too big for the usual settings of Mermaid when it is", () => {
    const chain = (count: number): HistoryResult =>
      list(
        RevisionGraph.from(
          Array.from({ length: count }, (_, index) => ({
            revision: `r${index}`,
            downRevision: index ? `r${index - 1}` : null,
          })),
        ),
      );
    expect(tellMermaidLimits(chain(501), style)).toBe("");
    expect(tellMermaidLimits(chain(502), style)).toContain("501 arrows");
    expect(tellMermaidLimits(say("x".repeat(51_000)), style)).toContain("characters");
  });
});

describe("a DOT graph", () => {
  it("has a box for each revision, and arrows to what it builds and depends on", () => {
    expect(renderDot(list(STORY), style)).toBe(
      [
        "digraph history {",
        '  node [shape=box, style=rounded, fontname="sans-serif", fontsize=11];',
        '  edge [fontname="sans-serif", fontsize=9];',
        String.raw`  "d" [label="d (side) (head)\nmake D"];`,
        String.raw`  "x" [label="x (head)\nmake X"];`,
        String.raw`  "b" [label="b\nmake B"];`,
        String.raw`  "c" [label="c (side)\nmake C"];`,
        String.raw`  "a" [label="a\nmake A"];`,
        '  "d" -> "b";',
        '  "d" -> "c";',
        '  "x" -> "b" [style=dashed, label=" depends on"];',
        '  "b" -> "a";',
        '  "c" -> "a";',
        "}",
      ].join("\n"),
    );
  });

  it("shows where the database stands, what is pending, and what lies outside of the range", () => {
    const text = renderDot(withDatabase(list(STORY, "b:d")), style);
    expect(text).toContain(String.raw`  "b" [label="b (current)\nmake B", penwidth=2.5];`);
    expect(text).toContain(String.raw`  "d" [label="d (head)\nmake D", style="rounded,dashed"];`);
    expect(text).toContain('  "a" [label="a", shape=plain];');
  });

  it.each([
    [`say "hi" (twice)`, String.raw`say \"hi\" (twice)`],
    [String.raw`C:\new \N \G \l`, String.raw`C:\\new \\N \\G \\l`],
    ["ends with \\", String.raw`ends with \\`],
    ["&amp; <b> & co", "&amp;amp; <b> &amp; co"],
    ["Größe 日本語 🎉", "Größe 日本語 🎉"],
    ["one\ttwo", "one two"],
    [
      "a message of more than a few words is broken into lines",
      String.raw`a message of more than a few\nwords is broken into lines`,
    ],
  ])("escapes %s", (message, escaped) => {
    expect(renderDot(say(message), style)).toContain(String.raw`  "a" [label="a (head)\n${escaped}"];`);
  });

  it("quotes ids alike wherever they stand", () => {
    const graph = RevisionGraph.from([
      { revision: "back\\", downRevision: null },
      { revision: `q"<&>`, downRevision: "back\\" },
    ]);
    expect(renderDot(list(graph), style).split("\n").slice(3, -1)).toEqual([
      String.raw`  "q\"<&>" [label="q\"<&amp;> (head)\nmake Q\"<&amp;>"];`,
      String.raw`  "back\\" [label="back\\\nmake BACK\\"];`,
      String.raw`  "q\"<&>" -> "back\\";`,
    ]);
  });
});

describe("a history as a document", () => {
  const show = (result: HistoryResult, form: HistoryView["form"], indicateCurrent = false): string =>
    renderHistory(result, { form, verbose: false, indicateCurrent }, style);

  it("says where the database stands only when that was asked, though a range may have asked it", () => {
    const result = withDatabase(list(STORY));
    for (const form of ["mermaid", "dot", "graph"] as const) {
      expect(show(result, form)).not.toContain("current");
      expect(show(result, form, true)).toContain("(current)");
    }
  });

  it("is as JSON what --json gives as data", () => {
    const result = withDatabase(list(STORY));
    expect(JSON.parse(show(result, "json"))).toEqual(result);
  });

  it("of no revisions is an empty one", () => {
    expect(show({ revisions: [] }, "mermaid")).toBe("flowchart TB");
    expect(show({ revisions: [] }, "dot")).toMatch(/^digraph history \{\n[^>]*\n\}$/);
    expect(JSON.parse(show({ revisions: [] }, "json"))).toEqual({ revisions: [] });
  });
});
