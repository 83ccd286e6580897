// This runs in Prism's process before Prism. The channel to the parent closes when the parent ends in any way (also by SIGKILL,
// and on Windows), so no server is left behind. It is inline because a file has another name once it is compiled.
//
// It also tells the parent the port, which Prism itself writes only to its log. And Prism 5.16 would end at a request without one of
// the lists that an operation takes in headers and at an answer with a list in a header, would find no path with a parameter such as
// `{org.id}`, would end at a path parameter such as `{constructor}`, would check no parameter such as `page[size]`, would ask for what only the other side sends where that stands behind `oneOf`, `anyOf` or a schema that holds itself,
// would not tell by its `discriminator` which schema of a choice a value has, and would take 4.35 for no multiple of 0.01.
export const PRELOAD = `
  import { Server } from "node:http";
  import { createRequire } from "node:module";
  try {
    const load = createRequire(process.argv[1]);
    const loadForHttp = createRequire(load.resolve("@stoplight/prism-http"));
    for (const name of ["ajv", "ajv/dist/2019", "ajv/dist/2020"]) {
      const ajv = loadForHttp(name);
      const { default: Ajv } = ajv;
      ajv.default = class extends Ajv {
        constructor(options) {
          super({ ...options, multipleOfPrecision: 9 });
        }
      };
    }
    const simple = load("@stoplight/prism-http/dist/validator/deserializers/style/simple.js");
    const { deserializeSimpleStyle } = simple;
    simple.deserializeSimpleStyle = (name, values, ...more) =>
      typeof values[name] === "string" ? deserializeSimpleStyle(name, values, ...more) : (values[name] ?? undefined);
    const router = load("@stoplight/prism-http/dist/router/matchPath.js");
    const { matchPath } = router;
    router.matchPath = (asked, path) => matchPath(asked, path.replace(/[{][^{}]+[}]/g, "{parameter}"));
    const utils = load("@stoplight/prism-http/dist/validator/validators/utils.js");
    const { validateAgainstSchema } = utils;
    utils.validateAgainstSchema = (value, schema, coerce, context, prefix, bundle) => {
      // 0 is a request, 1 an answer.
      const sent = (part) => (prefix === "body" ? without(context === 0 ? "readOnly" : "writeOnly", part) : inDialect(part));
      return validateAgainstSchema(value, sent(schema), coerce, context, prefix, sent(bundle));
    };
    const paths = load("./util/paths.js");
    const { createExamplePath } = paths;
    // For the path that it logs, it encodes the names of the parameters themselves.
    paths.createExamplePath = (operation, ...more) => {
      const query = operation.request?.query ?? [];
      const names = query.map(({ name }) => name);
      const path = createExamplePath(operation, ...more);
      for (const [index, name] of names.entries()) query[index].name = name;
      return path;
    };
    const { URI } = loadForHttp("uri-template-lite");
    const { Template } = URI;
    URI.Template = function (path) {
      const { match } = new Template(path.replace(/[{]/g, "{_"));
      this.match = (asked) =>
        Object.fromEntries(Object.entries(match(asked) ?? {}).map(([name, value]) => [name.slice(1), value]));
    };
    const parser = loadForHttp("@stoplight/json-schema-ref-parser").prototype;
    const { resolve } = parser;
    parser.resolve = async function (...args) {
      const resolved = await resolve.apply(this, args);
      tellApart(this.schema);
      return resolved;
    };
  } catch {
    // Another version of Prism has no such file.
  }
  // Prism makes one schema of all parameters, and leaves out which JSON Schema they are written in.
  const written = new WeakMap();
  function inDialect(part) {
    const { $schema } = Object.values(part?.properties ?? {}).find((each) => each?.$schema) ?? {};
    if ($schema && !written.has(part)) written.set(part, { ...part, $schema });
    return $schema ? written.get(part) : part;
  }
  // Each schema that a discriminator leads to states its value of the property, and requires it.
  function tellApart(document) {
    const schemas = document.components?.schemas ?? {};
    const nameOf = (to) => to?.replace("#/components/schemas/", "");
    const heirsOf = (name) => Object.keys(schemas).filter((each) => schemas[each].allOf?.some((part) => nameOf(part.$ref) === name));
    const states = (part, property) =>
      part?.properties?.[property]?.const !== undefined ||
      part?.properties?.[property]?.enum !== undefined ||
      part?.allOf?.some((each) => states(schemas[nameOf(each.$ref)] ?? each, property));
    const values = [];
    const visit = (part, name) => {
      if (typeof part !== "object" || part === null) return;
      const { propertyName: property, mapping = {} } = part.discriminator ?? {};
      if (typeof property === "string") {
        const mapped = Object.entries(mapping).map(([value, to]) => [nameOf(to), value]);
        const members = [...(part.oneOf ?? []), ...(part.anyOf ?? [])].map(({ $ref }) => nameOf($ref));
        const others = (members.length > 0 ? members : heirsOf(name)).filter(
          (each) => !mapped.some(([to]) => to === each) && !states(schemas[each], property),
        );
        for (const [to, value] of [...mapped, ...others.map((each) => [each, each])]) values.push({ to, property, value });
      }
      for (const [key, inner] of Object.entries(part)) visit(inner, part === schemas ? key : undefined);
    };
    visit(document);
    for (const [to, ofSchema] of Map.groupBy(values, ({ to }) => to)) {
      const schema = schemas[to];
      if (typeof schema !== "object") continue;
      const stated = Map.groupBy(ofSchema, ({ property }) => property);
      const properties = [...stated].map(([property, all]) => {
        const { $ref, enum: listed, ...keywords } = schema.properties?.[property] ?? {};
        const [value, ...more] = new Set(all.map((each) => each.value));
        return [property, more.length > 0 ? { ...keywords, enum: [value, ...more] } : { ...keywords, const: value }];
      });
      const told = { properties: Object.fromEntries(properties), required: [...stated.keys()] };
      // What stands in a file of its own is not changed.
      schemas[to] = schema.$ref
        ? { allOf: [schema, told] }
        : {
            ...schema,
            properties: { ...schema.properties, ...told.properties },
            required: [...new Set([...(schema.required ?? []), ...told.required])],
          };
    }
  }
  // Prism keeps what it compiles by the schema, so a schema is always replaced by the same one.
  const replaced = { readOnly: new WeakMap(), writeOnly: new WeakMap() };
  function without(mark, part) {
    if (typeof part !== "object" || part === null) return part;
    const known = replaced[mark].get(part);
    if (known) return known;
    const visible = Array.isArray(part) ? [] : {};
    replaced[mark].set(part, visible);
    const { properties, required } = part;
    const isMarked = (name) => properties?.[name]?.[mark] === true;
    for (const [key, inner] of Object.entries(part)) {
      visible[key] = without(mark, inner);
      if (inner === required && Array.isArray(required)) visible[key] = required.filter((name) => !isMarked(name));
      if (inner === properties && typeof properties === "object") {
        visible[key] = Object.fromEntries(Object.entries(visible[key]).filter(([name]) => !isMarked(name)));
      }
    }
    return visible;
  }
  process.once("disconnect", () => process.exit());
  const { listen } = Server.prototype;
  Server.prototype.listen = function (...args) {
    this.once("listening", () => process.send(this.address().port));
    return listen.apply(this, args);
  };
`;

// Prism's log spreads a request over many lines. `end` is given the whole body.
export const TELL_OF_ANSWERS = `
  const { emit } = Server.prototype;
  Server.prototype.emit = function (event, request, response) {
    if (event === "request") {
      const started = performance.now();
      const { end } = response;
      let body = "";
      response.end = (...args) => {
        if (response.statusCode >= 400) body = String(args[0]);
        return end.apply(response, args);
      };
      response.once("close", () => {
        const { method, url: path } = request;
        const status = response.headersSent ? response.statusCode : undefined;
        process.send?.({ method, path, status, milliseconds: performance.now() - started, body });
      });
    }
    return emit.apply(this, arguments);
  };
`;
