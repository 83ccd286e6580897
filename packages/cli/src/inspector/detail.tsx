import { useState } from "preact/hooks";
import type { Content, Header, ListenRecord } from "../listen/record.ts";
import { printableLine } from "../printable.ts";
import { exactText, formatJson, sizeOf } from "./content.ts";
import { bytes, duration, Part, Status, time, verdict } from "./parts.tsx";

interface Actions {
  sendAgain(signedAnew: boolean): void;
  curl(): void;
  compare(): void;
  copy(text: string, what: string): void;
  choose(name: string): void;
}

/** All that is known of a delivery, and what can be done with it. */
export function Detail({
  record,
  target,
  actions,
}: {
  readonly record: ListenRecord;
  readonly target: string | undefined;
  readonly actions: Actions;
}) {
  const { type = "(no type)", id, senderId, age, method, path, headers, again, forwarded } = record;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["Received", time(record)],
    ["Signed", age === undefined ? undefined : age < 0 ? `${-age} s later` : `${age} s earlier`],
    ["Id", id],
    ["Sender", senderId],
    ["Request", `${method} ${path}`],
  ];
  const nowhere = target === undefined ? "Start listen with --forward to send deliveries again" : undefined;
  return (
    <article>
      <div class="head">
        <h2>{printableLine(type)}</h2>
        <Status status={record.status} />
      </div>
      <div class="buttons">
        <button type="button" class="main" disabled={!target} title={nowhere} onClick={() => actions.sendAgain(false)}>
          Send again <kbd>r</kbd>
        </button>
        <button
          type="button"
          disabled={!target || record.body === undefined}
          title={
            nowhere ?? "Signed with the key of mindbridge trigger. The endpoint verifies it with mindbridge public-key"
          }
          onClick={() => actions.sendAgain(true)}
        >
          Sign anew and send <kbd>R</kbd>
        </button>
        <button type="button" onClick={actions.curl}>
          Copy as curl
        </button>
        <button type="button" onClick={actions.compare}>
          Compare <kbd>c</kbd>
        </button>
      </div>
      {again && (
        <p class="quiet">
          {again.signedAnew ? "You signed this anew and sent it. " : "You sent this again, as it was. "}
          <button type="button" class="link" onClick={() => actions.choose(again.of)}>
            Show the original
          </button>
        </p>
      )}
      <dl class="facts">
        {facts.map(
          ([name, value]) =>
            value !== undefined && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{printableLine(value)}</dd>
              </div>
            ),
        )}
      </dl>
      <div class="cards">
        <Verdict record={record} />
        {forwarded && <Answered record={record} forwarded={forwarded} />}
      </div>
      <Body title="Body" content={record} copy={actions.copy} />
      <Headers title="Headers" headers={headers} copy={actions.copy} />
      {forwarded && forwarded.status !== undefined && (
        <>
          <Body title="Body of the answer" content={forwarded} copy={actions.copy} />
          <Headers title="Headers of the answer" headers={forwarded.headers} copy={actions.copy} />
        </>
      )}
    </article>
  );
}

/** What was verified, or why it does not verify and what to do. */
function Verdict({ record }: { readonly record: ListenRecord }) {
  const { verified, error, causes = [], again } = record;
  return (
    <section class={verified ? "card good" : "card bad"}>
      <h3>{verdict(record)}</h3>
      {verified ? (
        <p>
          The signature matches the id, the time and all {bytes(sizeOf(record))} of the body
          {again?.signedAnew ? ", and is that of the key of mindbridge trigger." : "."}
        </p>
      ) : (
        // The causes say better what to do about it.
        <p>{printableLine(error?.message ?? "").replace(causes.length > 0 ? /(?<=\.) .*$/ : "", "")}</p>
      )}
      {causes.map(({ name, explanation, whatToDo }) => (
        <div class="cause" key={name}>
          <p>
            <code>{name}</code> {explanation}
          </p>
          <p>
            <b>What to do</b> {whatToDo}
          </p>
        </div>
      ))}
    </section>
  );
}

/** What the endpoint answered. */
function Answered({
  record,
  forwarded: { to, status, error = "", milliseconds, truncatedAt },
}: {
  readonly record: ListenRecord;
  readonly forwarded: NonNullable<ListenRecord["forwarded"]>;
}) {
  const isTaken = status !== undefined && status < 300;
  const isDoubtful = isTaken && !record.verified;
  const title =
    status === undefined
      ? `Not passed on: ${printableLine(error)}`
      : `Answered ${status} in ${duration(milliseconds)}${isDoubtful ? ", although it does not verify" : ""}`;
  return (
    <section class={`card ${isDoubtful ? "doubtful" : isTaken ? "good" : "bad"}`}>
      <h3>{title}</h3>
      <p>
        <code>{to}</code> {status === undefined ? "gave no answer" : "answered"}
        {record.again
          ? "."
          : status === undefined
            ? `, so the sender got ${record.status}.`
            : ", and the sender got the same."}
        {isDoubtful && " If the endpoint has the same key, it does not check signatures."}
        {truncatedAt !== undefined && ` The body of the answer was cut after ${bytes(truncatedAt)}.`}
      </p>
    </section>
  );
}

/** Longer bodies are cut on the page, which would become slow. */
const MOST_CHARACTERS = 200_000;

function Body({
  title,
  content,
  copy,
}: {
  readonly title: string;
  readonly content: Content;
  readonly copy: Actions["copy"];
}) {
  const [isExact, setExact] = useState(false);
  const json = content.body === undefined ? undefined : formatJson(content.body);
  const exact = exactText(content);
  const isFormatted = json !== undefined && !isExact;
  const size = sizeOf(content);
  const actions = (
    <>
      {json && (
        <span class="switch">
          {[false, true].map((each) => (
            <button type="button" key={String(each)} aria-pressed={isExact === each} onClick={() => setExact(each)}>
              {each ? "Exact" : "Formatted"}
            </button>
          ))}
        </span>
      )}
      {size > 0 && (
        <button type="button" class="small" onClick={() => copy(content.body ?? exact, "the body")}>
          Copy
        </button>
      )}
    </>
  );
  return (
    <Part title={title} note={content.body === undefined ? `${bytes(size)}, not UTF-8` : bytes(size)} actions={actions}>
      {size === 0 ? (
        <p class="empty">It is empty.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        <pre tabIndex={0} class={isFormatted ? "json" : ""}>
          {isFormatted
            ? json.map((line, index) => (
                <span class="line" key={index}>
                  {line.map(({ kind, text }) => (kind === "mark" ? text : <span class={kind}>{text}</span>))}
                  {"\n"}
                </span>
              ))
            : exact.slice(0, MOST_CHARACTERS)}
          {!isFormatted && exact.length > MOST_CHARACTERS && "\n… The rest is left out here."}
        </pre>
      )}
    </Part>
  );
}

function Headers({
  title,
  headers,
  copy,
}: {
  readonly title: string;
  readonly headers: readonly Header[];
  readonly copy: Actions["copy"];
}) {
  const lines = headers.map(([name, value]) => `${name}: ${value}`).join("\n");
  const actions = (
    <button type="button" class="small" onClick={() => copy(lines, "the headers")}>
      Copy
    </button>
  );
  return (
    <Part title={title} note={`${headers.length}`} actions={actions}>
      <table class="headers">
        <tbody>
          {headers.map(([name, value], index) => (
            <tr key={index}>
              <th scope="row">{printableLine(name)}</th>
              <td>{printableLine(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}
