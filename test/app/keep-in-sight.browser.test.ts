import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepInSight } from '../../src/app/keep-in-sight';

let stop = (): void => undefined;
let first: HTMLElement;
let last: HTMLElement;

beforeEach(() => {
  document.body.replaceChildren(...Array.from({ length: 60 }, () => block(200)));
  first = document.body.firstElementChild as HTMLElement;
  last = document.body.lastElementChild as HTMLElement;
  window.scrollTo(0, 0);
});
afterEach(() => {
  stop();
  document.body.replaceChildren();
});

function block(height: number): HTMLElement {
  const made = document.createElement('p');
  made.style.cssText = `height: ${height}px; margin: 0`;
  return made;
}

async function frames(count = 4): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise(requestAnimationFrame);
}

const inView = (element: HTMLElement): boolean => {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
};

describe('what is kept in sight', () => {
  it('stays there while the page grows above it and shrinks again', async () => {
    last.scrollIntoView();
    stop = keepInSight(() => last);
    await frames();
    const above = block(3_000);
    first.before(above);
    await frames();
    expect(inView(last)).toBe(true);
    above.remove();
    await frames();
    expect(inView(last)).toBe(true);
  });

  it('is let go when the reader scrolls away, also where the page grows in the same frame', async () => {
    stop = keepInSight(() => first);
    await frames();
    window.scrollTo(0, document.body.scrollHeight);
    first.before(block(300));
    await frames();
    expect(inView(first)).toBe(false);
    first.before(block(300));
    await frames();
    expect(inView(first)).toBe(false);
  });

  it('is held on to after a scroll that leaves it in sight', async () => {
    stop = keepInSight(() => first);
    await frames();
    window.scrollTo(0, 50);
    await frames();
    first.before(block(3_000));
    await frames();
    expect(inView(first)).toBe(true);
  });
});
