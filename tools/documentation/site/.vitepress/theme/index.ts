import type { Theme } from "vitepress";
// The fonts of the system, in place of one to download.
import DefaultTheme from "vitepress/theme-without-fonts";
import Tabs from "./Tabs.vue";
// oxlint-disable-next-line import/no-unassigned-import -- a style sheet exports nothing
import "./style.css";

// VitePress asks for a default export.
export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component("Tabs", Tabs);
  },
} satisfies Theme;
