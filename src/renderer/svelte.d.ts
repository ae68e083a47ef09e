/** For the compiler alone, which does not look into components; svelte-check knows each one's own properties. */
declare module '*.svelte' {
  import type { Component } from 'svelte';
  const component: Component<Record<string, unknown>>;
  export default component;
}

declare module '*.css';
