import { type Document, edits, edited as withEdits } from "@mindbridge-sdk/openapi";

/** Changes a document in one place. */
export interface Edit {
  set(pointer: string, value: unknown): void;
  remove(pointer: string): void;
  rename(pointer: string, key: string): void;
  add(pointer: string, ...items: readonly unknown[]): void;
  drop(pointer: string, item: unknown): void;
  copy(from: string, to: string): void;
  /** Replaces a text in the whole document. */
  replace(text: string, by: string): void;
}

/** A changed copy of a document. */
export function edited(document: Document, change: (edit: Edit) => void): Document {
  return withEdits(document, [
    (copy) =>
      change({
        set: (...args) => edits.set(...args)(copy),
        remove: (...args) => edits.remove(...args)(copy),
        rename: (...args) => edits.rename(...args)(copy),
        add: (...args) => edits.addItems(...args)(copy),
        drop: (...args) => edits.removeItem(...args)(copy),
        copy: (...args) => edits.copy(...args)(copy),
        replace: (...args) => edits.replaceText(...args)(copy),
      }),
  ]);
}
