import type { Group } from "../measure/group.ts";
import { rounded } from "./numbers.ts";

const WIDTH = 760;
const LABELS = 250;
const BAR = 16;
const ROW = 22;
const HEADING = 40;

/** Groups as bars of their values, below each other. It has its own colours for light and for dark, and loads nothing. */
export function chart(title: string, groups: readonly Group[]): string {
  const parts: string[] = [];
  let y = 0;
  for (const { title: heading, unit, better, baseline, measures } of groups) {
    y += HEADING;
    parts.push(
      `<text class="heading" x="0" y="${y - 12}">${escaped(`${heading} (${unit}, ${better} is better)`)}</text>`,
    );
    const most = Math.max(...measures.map(({ value }) => value));
    for (const { name, value, ratio } of measures) {
      const width = Math.max(1, ((WIDTH - LABELS - 130) * value) / most);
      const kind = isOurs(name) ? "ours" : name === baseline ? "baseline" : "other";
      parts.push(
        `<text x="${LABELS - 8}" y="${y + 12}" text-anchor="end">${escaped(name)}</text>`,
        `<rect class="${kind}" x="${LABELS}" y="${y}" width="${width.toFixed(1)}" height="${BAR}"/>`,
        `<text class="value" x="${(LABELS + width + 6).toFixed(1)}" y="${y + 12}">${rounded(value)} (${ratio.toFixed(2)})</text>`,
      );
      y += ROW;
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 4}" role="img" aria-label="${escaped(title)}">
<style>
text { font: 12px system-ui, sans-serif; fill: #333 } .heading { font-weight: 600 } .value { fill: #555 }
.ours { fill: #0b6bcb } .baseline { fill: #777 } .other { fill: #b8c4d0 }
@media (prefers-color-scheme: dark) {
  text { fill: #ddd } .value { fill: #bbb } .ours { fill: #58a6ff } .baseline { fill: #999 } .other { fill: #4a5560 }
}
</style>
${parts.join("\n")}
</svg>
`;
}

const isOurs = (name: string) => /mindbridge|^our |^receiver$|^store$/.test(name);

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
