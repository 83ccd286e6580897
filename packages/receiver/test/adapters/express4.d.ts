/** Express 4 under another name, for which there are no types. What the tests call is the same in Express 5. */
declare module "express4" {
  export { default } from "express";
}
