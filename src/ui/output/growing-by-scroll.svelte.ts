interface Growing {
  /** How many parts stand on the page. */
  readonly standing: number;
  /** For the box that scrolls: more parts come before its end is reached. */
  readonly onscroll: (event: { readonly currentTarget: HTMLElement }) => void;
}

/** The first `step()` parts of a long list, and as many more whenever the reader comes near their end. */
export function growingByScroll(total: () => number, step: () => number): Growing {
  let steps = $state(1);
  return {
    get standing() {
      return Math.min(steps * step(), total());
    },
    onscroll({ currentTarget: box }) {
      const below = box.scrollHeight - box.scrollTop - box.clientHeight;
      if (below < 2 * box.clientHeight && steps * step() < total()) steps += 1;
    },
  };
}
