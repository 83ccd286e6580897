import type { ComponentChildren } from "preact";
import type { Content, Header, ListenRecord } from "../listen/record.ts";
import { printableLine } from "../printable.ts";
import { compareLines, type Difference, exactText, linesOf } from "./content.ts";
import { duration, Part, Status, time, verdict } from "./parts.tsx";

/** Two deliveries, and what is different in them. */
export function Compare({
  record,
  other,
  records,
  choose,
  close,
}: {
  readonly record: ListenRecord;
  /** What it is compared with. */
  readonly other: ListenRecord;
  readonly records: readonly ListenRecord[];
  readonly choose: (name: string) => void;
  readonly close: () => void;
}) {
  const answers = [other.forwarded, record.forwarded];
  return (
    <article class="compare">
      <div class="head">
        <h2>Compare</h2>
        <button type="button" onClick={close}>
          Done <kbd>Esc</kbd>
        </button>
      </div>
      <div class="sides">
        <Side sign="−" record={other}>
          <select aria-label="Compare with" value={other.name} onChange={(event) => choose(event.currentTarget.value)}>
            {records.map((each) => (
              <option key={each.name} value={each.name} disabled={each === record}>
                {time(each)} {printableLine(each.type ?? "(no type)")} {each.status}
              </option>
            ))}
          </select>
        </Side>
        <Side sign="+" record={record}>
          <strong>
            {time(record)} {printableLine(record.type ?? "(no type)")}
          </strong>
        </Side>
      </div>
      <Differences title="Body" {...bodyLines(other, record)} />
      <Differences title="Headers" before={headerLines(other.headers)} after={headerLines(record.headers)} />
      {answers.some(Boolean) && (
        <Differences title="Answer" before={answerLines(answers[0])} after={answerLines(answers[1])} />
      )}
    </article>
  );
}

function Side({
  sign,
  record,
  children,
}: {
  readonly sign: string;
  readonly record: ListenRecord;
  readonly children: ComponentChildren;
}) {
  return (
    <section class={record.verified ? "side verified" : "side refused"}>
      <p>
        <b>{sign}</b> {children}
      </p>
      <p class="quiet">
        <Status status={record.status} /> <span class="verdict">{verdict(record)}</span>{" "}
        {record.forwarded && duration(record.forwarded.milliseconds)}
      </p>
    </section>
  );
}

/** How many lines that are the same are shown around those that differ. */
const CONTEXT = 3;

function Differences({
  title,
  before,
  after,
}: {
  readonly title: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}) {
  const lines = compareLines(before, after);
  const changes = lines.filter(({ sign }) => sign !== " ");
  const added = changes.filter(({ sign }) => sign === "+").length;
  const note = changes.length === 0 ? "the same" : `${changes.length - added} removed, ${added} added`;
  return (
    <Part title={title} note={note}>
      {changes.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        <pre tabIndex={0} class="differences">
          {around(lines).map((line, index) => (
            <span key={index} class={line === undefined ? "gap" : CLASSES[line.sign]}>
              {line === undefined ? "⋯" : `${line.sign === "-" ? "−" : line.sign} ${line.text}`}
              {"\n"}
            </span>
          ))}
        </pre>
      )}
    </Part>
  );
}

const CLASSES = { " ": "same", "-": "removed", "+": "added" } as const;

/** The lines that differ and those next to them, with `undefined` where lines are left out. */
function around(lines: readonly Difference[]): (Difference | undefined)[] {
  const near = new Set<number>();
  for (const [index, { sign }] of lines.entries()) {
    if (sign === " ") continue;
    for (let each = index - CONTEXT; each <= index + CONTEXT; each += 1) near.add(each);
  }
  return lines.flatMap((line, index) =>
    near.has(index) ? [line] : near.has(index - 1) || index === 0 ? [undefined] : [],
  );
}

/** Bodies as formatted JSON or, if that is the same, as they came. */
function bodyLines(one: Content, other: Content): { readonly before: string[]; readonly after: string[] } {
  const [before, after] = [linesOf(one), linesOf(other)];
  if (before.join("\n") !== after.join("\n")) return { before, after };
  return { before: exactText(one).split("\n"), after: exactText(other).split("\n") };
}

function headerLines(headers: readonly Header[]): string[] {
  return headers.map(([name, value]) => printableLine(`${name.toLowerCase()}: ${value}`)).toSorted();
}

function answerLines(answer: ListenRecord["forwarded"]): string[] {
  if (answer === undefined) return [];
  const { status, error, headers } = answer;
  if (status === undefined) return [`no answer: ${printableLine(error ?? "")}`];
  return [`${status}`, ...headerLines(headers), ...linesOf(answer).map((line) => `  ${line}`)];
}
