/** The commands that are no resource of the API, and those beside the operations of a resource. An operation has none of these names. */
export const COMMAND_NAMES: Readonly<Record<string, readonly string[]>> = {
  "": [
    "completion",
    "help",
    "listen",
    "login",
    "logout",
    "mock",
    "profiles",
    "public-key",
    "recover",
    "replay",
    "trigger",
    "verify",
  ],
  webhooks: ["ensure"],
};
