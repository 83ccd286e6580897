// How the operations are sent whose body is not `application/json`, or whose query openapi-fetch would serialize otherwise.
// Only the generated calls of such operations import this file, so that no other client bundles it.

import { createQuerySerializer, type QuerySerializerOptions } from "openapi-fetch";
import { writable } from "./exchange.ts";
import type { RequestFunction } from "./resource.ts";

/**
 * A body of bytes or text. A call that sends a `ReadableStream` is not repeated, since a stream can be read only once. Node's
 * `openAsBlob(path)` makes a `Blob` of a file that can be sent again, and does not read the whole file into memory.
 */
export type UploadBody = Blob | ArrayBuffer | Uint8Array | ReadableStream<Uint8Array> | string;

/** How an operation is sent. */
export interface Serialization {
  /** The media type of the body. A `Blob` that has a type is sent as that. Of a form, `fetch` names it. */
  readonly contentType?: string;
  /** The media types of a success, if it may be something else than `application/json`. */
  readonly accept?: string;
  readonly bodySerializer?: (body: never) => unknown;
  readonly querySerializer?: (query: object) => string;
}

/** Makes of `request` a function that calls operations with another serialization. */
export function withSerialization(
  request: RequestFunction,
  { contentType, accept, ...init }: Serialization,
): RequestFunction {
  return (operation, method, path, { readOnly, ...input }, options) => {
    const isMade = input.body instanceof FormData;
    const body = isMade ? input.body : writable(input.body, readOnly);
    const type = (body instanceof Blob && body.type) || contentType;
    const given = options?.headers;
    const headers = {
      ...(accept && { Accept: accept }),
      ...(type && body !== undefined && { "Content-Type": type }),
      ...(given instanceof Headers ? Object.fromEntries(given) : given),
    };
    const isReadOnce = body instanceof ReadableStream;
    return request(
      operation,
      method,
      path,
      {
        ...input,
        body,
        // The validation of requests reads no form that has been written.
        init: { ...input.init, ...init, ...(!isMade && { unserialized: body }), ...(isReadOnce && { duplex: "half" }) },
      },
      { ...options, headers, ...(isReadOnce && { maxRetries: 0 }) },
    );
  };
}

/** Passes on a body that is sent as it is. */
export function unchanged(body: UploadBody): UploadBody {
  return body;
}

/**
 * Makes a function that makes a form of an object: a part for each property, and for each item of a list. An object is JSON with that
 * media type, which only a `Blob` can have in a form.
 *
 * @param types The media types of files that do not say theirs, by the name of their part.
 */
export function formData(types: Readonly<Record<string, string>> = {}): (body: object) => FormData {
  const byName = new Map(Object.entries(types));
  return (body) => {
    if (body instanceof FormData) return body;
    const form = new FormData();
    for (const [name, value] of fieldsOf(body)) {
      const isObject = Object(value) === value && !(value instanceof Blob);
      const part = isObject ? new Blob([textOf(value)], { type: "application/json" }) : value;
      form.append(name, part instanceof Blob ? typed(part, byName.get(name)) : textOf(part));
    }
    return form;
  };
}

/** A file with a media type, if it does not say its own. */
function typed(file: Blob, type: string | undefined): Blob {
  if (type === undefined || file.type !== "") return file;
  return file instanceof File ? new File([file], file.name, { type }) : new Blob([file], { type });
}

/**
 * Makes a function that writes the text of a form without files (`application/x-www-form-urlencoded`).
 *
 * @param deepObjects The objects whose properties are fields, `address[city]`. Others are JSON.
 */
export function urlEncoded(...deepObjects: readonly string[]): (body: object) => string {
  return (body) => {
    const fields = fieldsOf(body).flatMap(([name, value]) => {
      if (!deepObjects.includes(name) || Object(value) !== value) return [[name, textOf(value)]];
      return fieldsOf(Object(value)).map(([key, inner]) => [`${name}[${key}]`, textOf(inner)]);
    });
    return new URLSearchParams(fields).toString();
  };
}

/** The fields of a form: no text says `null`, so what is `null` is left out. */
function fieldsOf(body: object): [name: string, value: unknown][] {
  return Object.entries(body)
    .flatMap(([name, value]) => [value].flat().map((each): [string, unknown] => [name, each]))
    .filter(([, value]) => value != null);
}

function textOf(value: unknown): string {
  return Object(value) === value ? JSON.stringify(value) : `${value}`;
}

/** How a query parameter that holds a list or an object is written. */
export interface QueryStyle {
  readonly style: "form" | "spaceDelimited" | "pipeDelimited" | "deepObject";
  readonly explode: boolean;
}

/**
 * Makes a serializer of a query, of the styles of those parameters that openapi-fetch would write otherwise. Names are percent-encoded
 * as values are: RFC 3986 allows no `|`, `[` and `]` in a query, and a `&` or a `#` would end it.
 */
export function querySerializer(styles: Readonly<Record<string, QueryStyle>> = {}): (query: object) => string {
  const byName = new Map(Object.entries(styles));
  return (query) =>
    Object.entries(query)
      .map(([name, value]) => {
        const style = byName.get(name);
        const options = style && ({ array: style, object: style } as QuerySerializerOptions);
        const text = createQuerySerializer(options)({ [encodeURIComponent(name)]: withEncodedNames(value) });
        return text.replaceAll(/[[\]|]/g, encodeURIComponent);
      })
      .filter(Boolean)
      .join("&");
}

function withEncodedNames(value: unknown): unknown {
  if (Object(value) !== value || Array.isArray(value)) return value;
  const properties = Object.entries(value as object);
  return Object.fromEntries(properties.map(([name, inner]) => [encodeURIComponent(name), inner]));
}
