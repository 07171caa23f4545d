import type { Explanation } from './assist';

/** A type, as code, and what its comment says below. */
export function explanation({ type, text }: Explanation): HTMLElement {
  const dom = document.createElement('div');
  dom.className = 'cm-explanation';
  // A long one is scrolled by keyboard, too.
  dom.tabIndex = 0;
  const code = document.createElement('code');
  code.textContent = type;
  dom.append(code);
  if (text) {
    const comment = document.createElement('p');
    comment.textContent = text;
    dom.append(comment);
  }
  return dom;
}
