// The fonts of the system, in place of one to download.
import Theme from "vitepress/theme-without-fonts";
// oxlint-disable-next-line import/no-unassigned-import -- a style sheet exports nothing
import "./style.css";

// VitePress asks for a default export.
export default Theme;
