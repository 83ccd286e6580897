import { verify } from "@mindbridge-sdk/receiver";

export const verifier =
  ({ publicKey }) =>
  (headers, body) =>
    verify({ headers, body }, { keys: publicKey });
