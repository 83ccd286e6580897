// What the list, the details and the comparison have in common.
import type { ComponentChildren } from "preact";
import type { ListenRecord } from "../listen/record.ts";

/** Whether a delivery verifies or, in a few words, why not. */
export function verdict({ verified, error }: Pick<ListenRecord, "verified" | "error">): string {
  return verified ? "Verified" : `Not verified: ${error?.code.replaceAll("_", " ")}`;
}

/** When a delivery came: the time of today, or the date as well. */
export function time({ receivedAt }: Pick<ListenRecord, "receivedAt">, today = new Date().toDateString()): string {
  const date = new Date(receivedAt);
  const day = today === date.toDateString() ? {} : ({ month: "short", day: "numeric" } as const);
  const clock = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
  return date.toLocaleString("en", { ...day, ...clock });
}

export function duration(milliseconds: number): string {
  return milliseconds < 10_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** A number, with separators of thousands. */
export function count(number: number): string {
  return number.toLocaleString("en");
}

export function bytes(size: number): string {
  return `${count(size)} byte${size === 1 ? "" : "s"}`;
}

/** A status of HTTP, with a colour for its class. */
export function Status({ status }: { readonly status: number }) {
  return <span class={`status of-${Math.floor(status / 100)}xx`}>{status}</span>;
}

/** A part of the details, with what can be done with it beside its title. */
export function Part({
  title,
  note,
  actions,
  children,
}: {
  readonly title: string;
  readonly note?: string | undefined;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  return (
    <section class="part" aria-label={title}>
      <div class="title">
        <h3>{title}</h3>
        {note !== undefined && <span class="quiet">{note}</span>}
        <span class="actions">{actions}</span>
      </div>
      {children}
    </section>
  );
}
