/** Runs in the page: presses a cell's run button and waits for another output in the state `ok`. Returns milliseconds. */
export function runOnce(id: string): Promise<number> {
  const cell = document.getElementById(id)!;
  const output = (): string => cell.querySelector('.output')?.textContent ?? '';
  const before = output();
  const begun = performance.now();
  const done = new Promise<number>((resolve, reject) => {
    const observer = new MutationObserver(() => {
      if (!cell.classList.contains('ok') || output() === before) return;
      observer.disconnect();
      resolve(performance.now() - begun);
    });
    setTimeout(() => reject(new Error(`The cell ${id} showed nothing new within 20 seconds.`)), 20_000);
    observer.observe(cell, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  cell.querySelector<HTMLElement>('button.run')!.click();
  return done;
}
