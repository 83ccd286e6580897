import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { basisOf, edited, edits, operationsOf, readDocument } from "@mindbridge-sdk/openapi";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { API_DESCRIPTION, openGraph } from "./layout.ts";

/** The logo of Redoc. The page would fetch it from another host. */
const LOGO = /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini[a-z-]*\.svg/g;
const LOGO_HERE = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="44" height="14"><text y="11" font-family="sans-serif" font-size="11" fill="#2467f2">Redocly</text></svg>',
)}`;

/** In these places, the colours of Redoc 3 are too pale to be read easily. */
const HEAD = `<link rel="icon" type="image/svg+xml" href="./mark.svg">
<meta name="description" content="${API_DESCRIPTION}">
${openGraph("API", API_DESCRIPTION)
  .map(({ property, content }) => `<meta property="${property}" content="${content}">`)
  .join("\n")}
<style>
  :root { --search-trigger-color: #5b5d69; }
  :root.dark { --search-trigger-color: #a9abb8; }
  :root:not(.dark) .tag-get { --tag-color: #0b7440; }
  :root:not(.dark) .tag-put { --tag-color: #8a4b00; }
  .to-guides { display: block; padding: 10px 20px; font: 14px system-ui, sans-serif; color: #1a4fd0; background: #fff; }
  .dark .to-guides { color: #a8c3ff; background: #22242b; }
  /* Beside the text, where the menu is. */
  @media (min-width: 1000px) { .to-guides { position: fixed; z-index: 1; left: 0; bottom: 56px; } }
  @media (max-width: 500px) { #redoc h1 { font-size: 25px; line-height: 1.2; } }
</style>`;
const TO_GUIDES = '<nav aria-label="Guides"><a class="to-guides" href="./">← MindBridge SDK: the guides</a></nav>';

/**
 * Builds the API reference with the deliveries: one page that loads no other file.
 *
 * @throws {Error} if Redocly's page lacks a place that is to be changed.
 */
export async function buildApiReference(file: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "api-reference-"));
  try {
    const document = join(folder, "openapi.json");
    writeFileSync(document, JSON.stringify(await documentForPeople()));
    buildPage(document, file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The document, in which the description of each operation says what the vendor publishes of it. */
async function documentForPeople() {
  const document = await readDocument(join(ROOT, "spec/openapi.yaml"));
  const described = operationsOf(document).flatMap(({ pointer, object }) => {
    const description = [object.description, basisOf(object)].filter(Boolean).join("\n\n");
    return description === object.description ? [] : [edits.set(`${pointer.slice(1)}/description`, description)];
  });
  return edited(document, described);
}

function buildPage(document: string, file: string): void {
  const redocly = join(import.meta.dirname, "../../node_modules/.bin/redocly");
  execFileSync(redocly, ["build-docs", document, "--inlineBundle", "--output", file], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  });
  const page = readFileSync(file, "utf8");
  // Scripts in the page hold tags, too. The real `</head>` comes first, and the real `<body>` begins a line.
  for (const [what, expected] of Object.entries({ "</head>": /<\/head>/, "<body>": /^<body>$/m, "the logo": LOGO })) {
    if (page.search(expected) < 0) throw new Error(`Redocly's page has no ${what}. Adapt ${import.meta.filename}.`);
  }
  const adapted = page
    .replace(LOGO, LOGO_HERE)
    .replace("</head>", () => `${HEAD}</head>`)
    .replace(/^<body>$/m, () => `<body>${TO_GUIDES}`);
  writeFileSync(file, adapted);
}
