/** Command lines, and the words that complete the last of theirs in every shell. */
export const COMPLETIONS: readonly { readonly line: string; readonly words: readonly string[] }[] = [
  { line: "mindbridge web", words: ["webhooks", "webhook-event-logs"] },
  { line: "mindbridge webhooks u", words: ["update"] },
  { line: "mindbridge webhooks create --te", words: ["--technical-contact-id"] },
  { line: "mindbridge webhooks create --status ", words: ["ACTIVE", "INACTIVE"] },
  { line: "mindbridge webhooks create --events ANALYSIS_F", words: ["ANALYSIS_FAILED"] },
  {
    line: "mindbridge webhooks create --events USER_LOGIN,ANALYSIS_F",
    words: ["USER_LOGIN,ANALYSIS_FAILED"],
  },
  { line: "mindbridge webhooks create --status ACTIVE --ye", words: ["--yes"] },
  { line: "mindbridge webhooks list --si", words: ["--size"] },
  { line: "mindbridge trigger analysis.", words: ["analysis.completed", "analysis.failed"] },
  { line: "mindbridge trigger --tamper id-is-m", words: ["id-is-missing"] },
  { line: "mindbridge recover --status FAILED_", words: ["FAILED_PERMANENTLY"] },
  { line: "mindbridge completion z", words: ["zsh"] },
  { line: "mindbridge webhooks help que", words: ["query"] },
];
