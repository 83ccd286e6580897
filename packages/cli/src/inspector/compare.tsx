import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import type { Content, Header, ListenRecord } from "../listen/record.ts";
import { printableLine } from "../printable.ts";
import { compareLines, exactText, linesOf, linesToDraw } from "./content.ts";
import { count, duration, Part, Status, time, verdict } from "./parts.tsx";

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
  const body = useMemo(() => bodyLines(other, record), [other, record]);
  const headers = useMemo(() => [other, record].map((each) => headerLines(each.headers)), [other, record]);
  const answers = useMemo(() => [other, record].map(({ forwarded }) => answerLines(forwarded)), [other, record]);
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
      <Differences title="Body" texts={body} />
      <Differences title="Headers" texts={headers} />
      {(other.forwarded || record.forwarded) && <Differences title="Answer" texts={answers} />}
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

function Differences({ title, texts }: { readonly title: string; readonly texts: readonly string[][] }) {
  // Once for two deliveries, and not whenever another arrives.
  const { note, lines } = useMemo(() => {
    const [before = [], after = []] = texts;
    const { lines: compared, partFrom } = compareLines(before, after);
    const [removed = 0, added = 0] = ["-", "+"].map((sign) => compared.filter((line) => line.sign === sign).length);
    const counted = `${count(removed)} removed, ${count(added)} added`;
    return {
      note:
        partFrom !== undefined
          ? `different from line ${count(partFrom)} on; only the first lines are compared`
          : removed + added === 0
            ? "the same"
            : counted,
      lines: removed + added === 0 ? [] : linesToDraw(compared),
    };
  }, [texts]);
  return (
    <Part title={title} note={note}>
      {lines.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        <pre tabIndex={0} class="differences">
          {lines.map((line, index) =>
            typeof line === "number" ? (
              <span key={index} class="gap">{`⋯ ${count(line)} lines\n`}</span>
            ) : (
              <span key={index} class={CLASSES[line.sign]}>
                {`${line.sign === "-" ? "−" : line.sign} ${line.text}\n`}
              </span>
            ),
          )}
        </pre>
      )}
    </Part>
  );
}

const CLASSES = { " ": "same", "-": "removed", "+": "added" } as const;

/** Bodies as formatted JSON or, if that is the same, as they came. */
function bodyLines(one: Content, other: Content): string[][] {
  const formatted = [linesOf(one), linesOf(other)];
  const [before, after] = formatted.map((lines) => lines.join("\n"));
  return before === after ? [one, other].map((each) => exactText(each).split("\n")) : formatted;
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
