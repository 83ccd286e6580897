import type { Output } from "../output.ts";
import { printable, printableLine } from "../printable.ts";
import { shellWord } from "../shell-word.ts";
import type { ListenRecord } from "./listen.ts";

/** A delivery for people. Whatever came from outside is shown as text, and obeyed by no terminal. */
export function formatRecord(record: ListenRecord, keys: readonly string[], { style }: Pick<Output, "style">): string {
  const { receivedAt, verified, type, id, senderId, age, error, causes, body, status, forwarded, saved } = record;
  const verdict = verified ? style("green", "verified") : style("red", `not verified: ${error?.code}`);
  const said = [
    ...(id === undefined ? [] : [`id ${id}`]),
    ...(senderId === undefined ? [] : [`sender ${senderId}`]),
    ...(age === undefined ? [] : [`signed ${age} s ago`]),
  ];
  const answered = forwarded
    ? forwarded.status === undefined
      ? style("red", `not passed on: ${printableLine(forwarded.error ?? "")}; answered ${status}`)
      : `passed on: ${forwarded.status} in ${forwarded.milliseconds.toFixed(0)} ms`
    : `answered ${status}`;
  return [
    "",
    `${style("dim", receivedAt.slice(11, 19))}  ${style("bold", printableLine(type ?? "(no type)"))}  ${verdict}  ${answered}`,
    ...(said.length > 0 ? [`  ${printableLine(said.join(", "))}`] : []),
    ...(error ? [`  ${inset(printable(error.message))}`] : []),
    ...(causes ?? []).map(({ explanation, whatToDo }) => `  ${style("yellow", explanation)} ${whatToDo}`),
    ...(saved ? [`  Kept: ${commandLine(keys, saved)}`] : []),
    `  ${body === undefined ? "(the body is not UTF-8)" : inset(printable(indented(body)))}`,
  ].join("\n");
}

/** The command that verifies what is kept, for a shell. */
function commandLine(keys: readonly string[], { headers, body }: { headers: string; body: string }): string {
  const words = [
    "mindbridge",
    "verify",
    ...keys.flatMap((key) => ["--key", key]),
    "--headers",
    headers,
    "--body",
    body,
  ];
  return words.map(shellWord).join(" ");
}

/** No line of a text from elsewhere stands where one of ours does. */
function inset(text: string): string {
  return text.replaceAll("\n", "\n  ");
}

/** JSON on several lines; what is none, as it stands. */
function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}
