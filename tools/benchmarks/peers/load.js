// Here, and not beside who asks: the peers are found from this folder only.
export const load = (name) => import(name);
