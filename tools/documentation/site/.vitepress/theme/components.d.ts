declare module "*.vue" {
  const component: object;
  // Vite asks for a default export.
  export default component;
}
