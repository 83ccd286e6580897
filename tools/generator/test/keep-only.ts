type Tree = Record<string, Record<string, unknown>>;

/**
 * Leaves of a document, as it is written, only what `kept` has in its `paths` and `webhooks`, and drops the components that
 * nothing refers to any more. Tests that count what is in a document use it, so that an operation that is added to the
 * document needs no change of them.
 */
export function keepOnly(
  document: Record<string, unknown>,
  kept: { readonly paths?: object; readonly webhooks?: object },
): void {
  for (const part of ["paths", "webhooks"] as const) {
    const items = document[part] as Tree;
    const wanted = (kept[part] ?? {}) as Tree;
    for (const [key, item] of Object.entries(items)) {
      for (const method of Object.keys(item)) {
        if (/^(?:get|put|post|delete|patch|head|options|trace)$/.test(method) && !wanted[key]?.[method])
          delete item[method];
      }
      if (!wanted[key]) delete items[key];
    }
  }
  while (dropUnusedComponents(document));
}

function dropUnusedComponents(document: Record<string, unknown>): boolean {
  const text = JSON.stringify(document);
  let dropped = false;
  const { securitySchemes: _, ...components } = document.components as Record<string, Tree>;
  for (const [kind, named] of Object.entries(components)) {
    for (const name of Object.keys(named)) {
      if (text.includes(`"#/components/${kind}/${name}"`)) continue;
      delete named[name];
      dropped = true;
    }
  }
  return dropped;
}
