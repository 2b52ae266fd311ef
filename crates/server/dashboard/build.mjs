// Builds the page: one script, one style sheet and the page itself, into built/ or the folder that is given.
import { build } from "esbuild";

await build({
  entryPoints: ["src/dashboard.ts", "src/dashboard.css", "src/dashboard.html"],
  outdir: process.argv[2] ?? "built",
  loader: { ".html": "copy" },
  bundle: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
});
