import { type Kind, operation } from "./kind.ts";

const scopes = { flows: { clientCredentials: { tokenUrl: "https://example.com/token", scopes: { read: "Read." } } } };

/** Operations that take the token in different ways, and one that takes none. */
export const security: Kind = {
  document: {
    paths: {
      "/vaults/bearer": { get: operation("vaults.byBearer") },
      "/vaults/key": { get: operation("vaults.byKey", { security: [{ vaultKey: [] }] }) },
      "/vaults/{vaultId}/oauth": {
        get: operation("vaults.byOauth", {
          security: [{ vaultOauth: ["read"] }],
          parameters: [
            { name: "vaultId", in: "path", required: true, description: "Which.", schema: { type: "string" } },
          ],
        }),
      },
      "/vaults/either": {
        get: operation("vaults.byEither", { security: [{ vaultCookie: [] }, {}, { vaultKey: [] }] }),
      },
      "/vaults/optional": { get: operation("vaults.optional", { security: [{}, { bearer: [] }] }) },
      "/vaults/open": { get: operation("vaults.open", { security: [] }) },
    },
    components: {
      securitySchemes: {
        vaultKey: { type: "apiKey", in: "header", name: "X-Vault-Key" },
        vaultCookie: { type: "apiKey", in: "cookie", name: "vault" },
        vaultOauth: { type: "oauth2", ...scopes },
      },
    },
  },
  program: `
import { MindBridge } from "@mindbridge-sdk/client";
// The document has an operation that takes no token.
export const open = new MindBridge({ tenant: "acme", token: undefined });
// @ts-expect-error A name of an option is still checked.
export const misspelt = new MindBridge({ tenant: "acme", token: undefined, maxRetry: 1 });
`,
  calls: [
    {
      operation: "vaults.byBearer",
      arguments: [],
      sends: { headers: { authorization: "Bearer secret", "x-vault-key": null } },
    },
    { operation: "vaults.byKey", arguments: [], sends: { headers: { authorization: null, "x-vault-key": "secret" } } },
    {
      operation: "vaults.byEither",
      arguments: [],
      sends: { headers: { authorization: null, "x-vault-key": "secret" } },
    },
    {
      operation: "vaults.byOauth",
      arguments: ["1"],
      sends: { url: "/vaults/1/oauth", headers: { authorization: "Bearer secret" } },
    },
    // openapi-fetch's client sends them as the methods do.
    {
      operation: "api.GET",
      arguments: ["/vaults/key", {}],
      sends: { headers: { authorization: null, "x-vault-key": "secret" } },
    },
    {
      operation: "api.GET",
      arguments: ["/vaults/{vaultId}/oauth", { params: { path: { vaultId: "1" } } }],
      sends: { url: "/vaults/1/oauth", headers: { authorization: "Bearer secret" } },
    },
    // With the token, if there is one.
    {
      operation: "vaults.byEither",
      arguments: [],
      options: { token: undefined },
      sends: { headers: { authorization: null, "x-vault-key": null } },
    },
    { operation: "vaults.optional", arguments: [], sends: { headers: { authorization: "Bearer secret" } } },
    {
      operation: "api.GET",
      arguments: ["/vaults/optional", {}],
      options: { token: undefined },
      sends: { headers: { authorization: null } },
    },
    { operation: "vaults.open", arguments: [], sends: { headers: { authorization: null, "x-vault-key": null } } },
    {
      operation: "vaults.open",
      arguments: [],
      options: { token: undefined },
      sends: { headers: { authorization: null, "x-vault-key": null } },
    },
  ],
};

const safes = (requirements: object, securitySchemes: object): Kind["document"] => ({
  paths: { "/safes": { get: operation("safes.list", { security: requirements }) } },
  components: { securitySchemes },
});
const refused = { rule: "security-support", message: /one token.*`safe`/, line: `"security": [` };

/** Ways to prove who calls that the client does not have. */
export const cookieKey: Kind = {
  document: safes([{ safe: [] }], { safe: { type: "apiKey", in: "cookie", name: "s" } }),
  refused,
};
export const basicPassword: Kind = {
  document: safes([{ safe: [] }], { safe: { type: "http", scheme: "basic" } }),
  refused,
};
export const mutualTls: Kind = { document: safes([{ safe: [] }], { safe: { type: "mutualTLS" } }), refused };
export const openIdConnect: Kind = {
  document: safes([{ safe: [] }], { safe: { type: "openIdConnect", openIdConnectUrl: "https://example.com/openid" } }),
  refused,
};
export const twoSchemesAtOnce: Kind = {
  document: safes([{ bearer: [], safe: [] }], { safe: { type: "apiKey", in: "header", name: "X-Safe" } }),
  refused: { ...refused, message: /`bearer` with `safe`/ },
};

const elsewhere = [{ url: "https://elsewhere.mindbridge.ai" }];

export const serversOfAnOperation: Kind = {
  document: { paths: { "/safes": { get: operation("safes.list", { servers: elsewhere }) } } },
  refused: { rule: "one-server", message: /Remove these `servers`/, line: `"servers": [` },
};
export const serversOfAPath: Kind = {
  document: { paths: { "/safes": { servers: elsewhere, get: operation("safes.list") } } },
  refused: { rule: "one-server", message: /Remove these `servers`/, line: `"servers": [` },
};
