import { defineNitroConfig } from "nitropack/config";

// The folders of Nuxt: what is in `server` works there, too.
export default defineNitroConfig({ srcDir: "server", compatibilityDate: "2026-01-01" });
