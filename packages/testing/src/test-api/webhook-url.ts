/** MindBridge does not deliver to these hosts and their subdomains. It publishes the list, and says that it may change. */
const REFUSED_HOSTS = ["local", "azure.com", "microsoft.net", "mindbridge.ai", "mindbridge.com"];

/** Whether a URL leads to this machine. */
export function isLoopback(url: URL | null): boolean {
  return /^https?:$/.test(url?.protocol ?? "") && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url?.hostname ?? "");
}

/**
 * Says why MindBridge refuses the `url` of a webhook: it is not HTTPS, or MindBridge does not deliver to its host. An address of this
 * machine is accepted for tests, also with http, which MindBridge would refuse.
 */
export function whyUrlIsRefused(given: unknown): string | undefined {
  if (typeof given !== "string") return undefined;
  const url = URL.parse(given);
  if (isLoopback(url)) return undefined;
  if (url?.protocol !== "https:") return "MindBridge delivers to https: addresses alone";
  const host = url.hostname.replace(/\.$/, "");
  const refused = REFUSED_HOSTS.find((each) => host === each || host.endsWith(`.${each}`));
  return refused && `MindBridge does not deliver to ${refused}`;
}
