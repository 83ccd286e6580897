/** The commands of the command line that are no resource of the API, and those beside the operations of a resource: no operation has their names. */
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
