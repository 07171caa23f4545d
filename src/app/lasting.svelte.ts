/** Whether something has gone on for longer than a time, in milliseconds. Called while a component is made. */
export function lasting(goesOn: () => boolean, milliseconds: number): () => boolean {
  let long = $state(false);
  const on = $derived(goesOn());
  $effect(() => {
    if (!on) return;
    const timer = setTimeout(() => (long = true), milliseconds);
    return () => {
      clearTimeout(timer);
      long = false;
    };
  });
  return () => long;
}
