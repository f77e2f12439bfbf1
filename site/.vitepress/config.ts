import { readFileSync } from "node:fs";
import { defineConfig, type DefaultTheme } from "vitepress";
import { slugify } from "../slugify.ts";

/** What `tools/site` writes beside the pages. */
interface Navigation {
  readonly documents: DefaultTheme.SidebarItem[];
  readonly reference: DefaultTheme.SidebarItem[];
}

const navigation: Navigation = JSON.parse(readFileSync(new URL("../pages/navigation.json", import.meta.url), "utf8"));

export default defineConfig({
  title: "Limbeck",
  description: "Schema migrations for TypeScript, with a way back",
  lang: "en",
  srcDir: "pages",
  outDir: "dist",
  head: [["link", { rel: "icon", href: "/mark.svg", type: "image/svg+xml" }]],
  // The index of the search is one file, and loaded when somebody searches.
  vite: { publicDir: "../public", build: { chunkSizeWarningLimit: 2000 } },
  // Links to other hosts are text to a reader without a network; those to other pages have to lead somewhere.
  ignoreDeadLinks: false,
  markdown: {
    // Headings have the anchors that they have on GitHub.
    anchor: { slugify },
    theme: { light: "github-light", dark: "github-dark" },
  },
  themeConfig: {
    logo: "/mark.svg",
    nav: [
      { text: "Guides", link: "/guide/", activeMatch: "^/(guide|practice)/" },
      { text: "Reference", link: "/reference/commands/", activeMatch: "^/reference/" },
      { text: "Engines", link: "/manual/sqlite", activeMatch: "^/manual/(sqlite|postgres|mysql|types)" },
      { text: "Changes", link: "/project/changelog" },
    ],
    sidebar: {
      "/reference/": navigation.reference,
      "/files/": [],
      "/": navigation.documents,
    },
    outline: [2, 3],
    search: { provider: "local", options: { detailedView: true } },
    docFooter: { prev: "Before", next: "Next" },
    footer: { message: "Made from the documents and the code of one version. MIT licence." },
  },
});
