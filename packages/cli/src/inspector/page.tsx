// The page of `mindbridge listen --inspect`: a list of deliveries that fills as they arrive, and the details of one.
import { Component, render } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { contains, firstOf, type ListenRecord } from "../listen/record.ts";
import { printableLine } from "../printable.ts";
import { Compare } from "./compare.tsx";
import { curlCommand } from "./content.ts";
import { Detail } from "./detail.tsx";
import type { Welcome } from "./inspector.ts";
import { duration, Status, time, verdict } from "./parts.tsx";

/** What the list is narrowed to; an empty text is all. */
interface Filter {
  readonly text: string;
  readonly type: string;
  readonly answer: string;
}

const NO_FILTER: Filter = { text: "", type: "", answer: "" };

const ANSWERS: Readonly<Record<string, (record: ListenRecord) => boolean>> = {
  Verified: ({ verified }) => verified,
  "Not verified": ({ verified }) => !verified,
  "Answered 2xx": ({ status }) => status < 300,
  "Answered 3xx": ({ status }) => status >= 300 && status < 400,
  "Answered 4xx": ({ status }) => status >= 400 && status < 500,
  "Answered 5xx": ({ status }) => status >= 500,
};

const KEYS = [
  ["↓ j", "the next delivery"],
  ["↑ k", "the one before"],
  ["Enter", "go to its details"],
  ["Esc", "back to the list, and to the newest"],
  ["/", "search"],
  ["r", "send it again, as it was"],
  ["Shift r", "sign it anew and send it"],
  ["c", "compare it with another"],
  ["?", "these keys"],
] as const;

function Page() {
  const [welcome, setWelcome] = useState<Welcome>();
  const [records, setRecords] = useState<readonly ListenRecord[]>([]);
  const [isLive, setLive] = useState(false);
  const [filter, setFilter] = useState(NO_FILTER);
  /** The name of the delivery that the user has chosen. Without one, the newest is shown. */
  const [chosen, setChosen] = useState<string>();
  /** The name of the delivery to compare with. */
  const [other, setOther] = useState<string>();
  const [notice, setNotice] = useState("");
  const help = useRef<HTMLDialogElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const details = useRef<HTMLElement>(null);

  useEffect(() => {
    const events = new EventSource("events");
    let arrived: ListenRecord[] = [];
    events.addEventListener("welcome", ({ data }) => {
      const said = JSON.parse(data) as Welcome;
      setWelcome(said);
      setRecords(said.records);
      setLive(true);
    });
    events.addEventListener("delivery", ({ data }) => {
      arrived.unshift(JSON.parse(data) as ListenRecord);
      // Hundreds at a time are drawn once.
      if (arrived.length > 1) return;
      setTimeout(() => {
        const added = arrived;
        arrived = [];
        setRecords((shown) => firstOf([...added, ...shown]));
      }, 30);
    });
    events.addEventListener("error", () => setLive(false));
    return () => events.close();
  }, []);

  const types = useMemo(() => [...new Set(records.map(typeOf))].toSorted(), [records]);
  const visible = useMemo(
    () =>
      records.filter(
        (record) =>
          (filter.type === "" || typeOf(record) === filter.type) &&
          (ANSWERS[filter.answer]?.(record) ?? true) &&
          (filter.text === "" || contains(record, filter.text)),
      ),
    [records, filter],
  );
  const byName = (name: string | undefined) => records.find((record) => record.name === name);
  const current = byName(chosen) ?? visible[0];
  const compared = byName(other);
  const today = new Date().toDateString();

  const choose = (name: string | undefined) => {
    if (other !== undefined && name !== undefined) setOther(name);
    else setChosen(name);
  };
  const step = (by: number) => {
    const from = visible.findIndex(({ name }) => name === (other ?? current?.name));
    const next = visible[Math.min(Math.max(from + by, 0), visible.length - 1)];
    if (next) choose(next.name);
  };
  const copy = async (text: string, what: string) => {
    await navigator.clipboard.writeText(text).then(
      () => setNotice(`Copied ${what}.`),
      () => setNotice("The browser does not let this page copy."),
    );
  };
  const sendAgain = async (signedAnew: boolean) => {
    if (!current || !welcome?.target) return;
    setNotice(signedAnew ? "Signing it anew and sending it…" : "Sending it again…");
    const query = new URLSearchParams({ name: current.name, signedAnew: String(signedAnew) });
    const { name, error } = await fetch(`again?${query}`, { method: "POST" })
      .then((response) => response.json() as Promise<{ name?: string; error?: string }>)
      .catch(() => ({ name: undefined, error: "mindbridge listen has ended." }));
    setNotice(error === undefined ? "Sent." : `It could not be sent. ${error}`);
    if (name !== undefined) setChosen(name);
  };
  const compare = () => {
    if (!current) return;
    const index = records.indexOf(current);
    const earlier = [...records.slice(index + 1), ...records.slice(0, index).toReversed()];
    const like = byName(current.again?.of) ?? earlier.find(({ type }) => type === current.type) ?? earlier[0];
    if (like) setOther(like.name);
    else setNotice("There is no other delivery yet.");
    setChosen(current.name);
  };
  const back = () => {
    if (other !== undefined) setOther(undefined);
    else setChosen(undefined);
  };

  useEffect(() => {
    document.getElementById(idOf(other ?? current?.name ?? ""))?.scrollIntoView({ block: "nearest" });
  }, [chosen, other]);
  useEffect(() => {
    const timer = setTimeout(() => setNotice(""), 3000);
    return () => clearTimeout(timer);
  }, [notice]);
  // At once, so that the next key finds what this one has changed.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { key, target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || help.current?.open) return;
      const field = target instanceof Element ? target.closest("input, select") : null;
      if (field && key !== "Escape" && !(field === search.current && /^(?:Arrow(?:Up|Down)|Enter)$/.test(key))) return;
      const actions: Record<string, () => void> = {
        j: () => step(1),
        ArrowDown: () => step(1),
        k: () => step(-1),
        ArrowUp: () => step(-1),
        "/": () => search.current?.focus(),
        r: () => void sendAgain(false),
        R: () => void sendAgain(true),
        c: compare,
        "?": () => help.current?.showModal(),
        Escape: () => (field instanceof HTMLElement ? field.blur() : back()),
      };
      if (key === "Enter" && current && !(target instanceof Element && target.closest("button, a"))) {
        actions.Enter = () => {
          setChosen(current.name);
          details.current?.focus();
        };
      }
      const action = Object.hasOwn(actions, key) && !event.repeat ? actions[key] : undefined;
      const moves = /^(?:Arrow|j|k)/.test(key) ? actions[key] : undefined;
      if (!action && !moves) return;
      event.preventDefault();
      (action ?? moves)?.();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  });

  return (
    <div class="page" data-open={chosen !== undefined || records.length === 0}>
      <header>
        <Mark />
        <h1>
          <span class="quiet">mindbridge</span> listen
        </h1>
        {welcome && (
          <p class="way">
            <code>{welcome.url}</code>
            {welcome.target !== undefined && (
              <>
                <span role="img" aria-label="passed on to">
                  →
                </span>
                <code>{welcome.target}</code>
              </>
            )}
          </p>
        )}
        <p class={isLive ? "live" : "ended"}>{isLive ? "Live" : welcome ? "Ended" : "Connecting"}</p>
        <button type="button" class="round" aria-label="Keys" onClick={() => help.current?.showModal()}>
          ?
        </button>
      </header>
      {welcome && !isLive && (
        <p class="banner" role="alert">
          <code>mindbridge listen</code> has ended. Start it again, and open the address that it prints.
        </p>
      )}
      <main>
        <section class="list" aria-label="Deliveries">
          <form class="filter" onSubmit={(event) => event.preventDefault()}>
            <input
              ref={search}
              type="search"
              aria-label="Search"
              placeholder="Search ids, headers and bodies"
              value={filter.text}
              onInput={({ currentTarget }) => setFilter({ ...filter, text: currentTarget.value })}
            />
            <kbd>/</kbd>
            <select
              aria-label="Type"
              value={filter.type}
              onChange={({ currentTarget }) => setFilter({ ...filter, type: currentTarget.value })}
            >
              <option value="">All types</option>
              {types.map((type) => (
                <option key={type}>{type}</option>
              ))}
            </select>
            <select
              aria-label="Status"
              value={filter.answer}
              onChange={({ currentTarget }) => setFilter({ ...filter, answer: currentTarget.value })}
            >
              <option value="">Any status</option>
              {Object.keys(ANSWERS).map((answer) => (
                <option key={answer}>{answer}</option>
              ))}
            </select>
            <output>
              {visible.length === records.length ? `${records.length}` : `${visible.length} of ${records.length}`}
            </output>
          </form>
          {visible.length > 0 && (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the page has the keys
            <div
              role="listbox"
              aria-label="Deliveries, the newest first"
              tabIndex={0}
              aria-activedescendant={idOf(other ?? current?.name ?? "")}
              onClick={({ target }) => choose((target as Element).closest<HTMLElement>("[role=option]")?.dataset.name)}
            >
              {visible.map((record) => (
                <Row
                  key={record.name}
                  record={record}
                  isChosen={record.name === current?.name}
                  isOther={record.name === other}
                  today={today}
                />
              ))}
            </div>
          )}
          {records.length === 0 && <p class="none">Deliveries appear here, the newest first.</p>}
          {records.length > 0 && visible.length === 0 && (
            <div class="none">
              <p>No delivery is like this.</p>
              <button type="button" onClick={() => setFilter(NO_FILTER)}>
                Show all {records.length}
              </button>
            </div>
          )}
        </section>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: Enter leads here, and it scrolls */}
        <section class="detail" aria-label="The delivery" tabIndex={0} ref={details}>
          {current && (
            <button type="button" class="back" onClick={back}>
              ‹ Deliveries
            </button>
          )}
          {current && compared && (
            <Compare
              record={current}
              other={compared}
              records={records}
              choose={setOther}
              close={() => setOther(undefined)}
            />
          )}
          {current && !compared && (
            <Detail
              key={current.name}
              record={current}
              target={welcome?.target}
              actions={{
                sendAgain: (signedAnew) => void sendAgain(signedAnew),
                curl: () => void copy(curlCommand(current, welcome?.target ?? welcome?.url ?? ""), "as curl"),
                compare,
                copy: (text, what) => void copy(text, what),
                choose,
              }}
            />
          )}
          {welcome && records.length === 0 && (
            <Waiting {...welcome} copy={() => void copy(welcome.trigger, "the command")} />
          )}
        </section>
      </main>
      <p class="notice" role="status">
        {notice}
      </p>
      <dialog ref={help} aria-labelledby="keys">
        <h2 id="keys">Keys</h2>
        <dl>
          {KEYS.map(([keys, meaning]) => (
            <div key={keys}>
              <dt>
                {keys.split(" ").map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <form method="dialog">
          <button type="submit">Close</button>
        </form>
      </dialog>
    </div>
  );
}

interface RowProps {
  readonly record: ListenRecord;
  readonly isChosen: boolean;
  readonly isOther: boolean;
  readonly today: string;
}

/** A delivery in the list. It is drawn again only if it is chosen or left, or the day has ended, since there may be hundreds. */
class Row extends Component<RowProps> {
  override shouldComponentUpdate({ record, isChosen, isOther, today }: RowProps): boolean {
    const { props } = this;
    return record !== props.record || isChosen !== props.isChosen || isOther !== props.isOther || today !== props.today;
  }

  render({ record, isChosen, isOther, today }: RowProps) {
    return (
      // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus
      <div
        id={idOf(record.name)}
        data-name={record.name}
        role="option"
        aria-selected={isChosen}
        class={`${record.verified ? "verified" : "refused"} ${isOther ? "other" : ""}`}
      >
        <span class="type">{typeOf(record)}</span>
        <Status status={record.status} />
        <span class="verdict">
          {verdict(record)}
          {record.again && <em>{record.again.signedAnew ? "signed anew" : "again"}</em>}
        </span>
        <span class="when">
          {time(record, today)} {record.forwarded && <b>{duration(record.forwarded.milliseconds)}</b>}
        </span>
      </div>
    );
  }
}

/** What stands there before the first delivery. */
function Waiting({ url, target, trigger, copy }: Welcome & { readonly copy: () => void }) {
  return (
    <div class="waiting">
      <Mark />
      <h2>Waiting for the first delivery</h2>
      <p>
        It appears here as soon as it arrives on <code>{url}</code>. To send one, run this in another terminal:
      </p>
      <div class="command">
        <code>{trigger}</code>
        <button type="button" onClick={copy}>
          Copy
        </button>
      </div>
      {target === undefined && (
        <p class="quiet">
          To pass deliveries on to your endpoint, and to send them again, start <code>listen</code> with{" "}
          <code>--forward URL</code>.
        </p>
      )}
    </div>
  );
}

const Mark = () => (
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
    <path d="M2 23H30M4 23C7 2 25 2 28 23M11 13V22M16 9V22M21 13V22" />
  </svg>
);

const typeOf = ({ type = "(no type)" }: ListenRecord): string => printableLine(type);
const idOf = (name: string): string => `delivery-${name}`;

render(<Page />, document.body);
