/** The hosts that MindBridge does not deliver to, with all below them: published, and said to change. */
const REFUSED_HOSTS = ["local", "azure.com", "microsoft.net", "mindbridge.ai", "mindbridge.com"];

/** Whether a URL leads to this machine. */
export function isLoopback(url: URL | null): boolean {
  return /^https?:$/.test(url?.protocol ?? "") && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url?.hostname ?? "");
}

/**
 * Says why MindBridge refuses the `url` of a webhook: it is not HTTPS, or its host is one that MindBridge does not deliver to. An address
 * of this machine is taken, since tests are delivered to there; MindBridge would refuse its http.
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
