/**
 * How many of the rows in sight of grids are not drawn yet: as many as there are, or as fit below the header. Runs in the page;
 * must not refer to anything outside itself.
 */
export function missingRows(grids: readonly Element[]): number {
  const [header, row] = [44, 28];
  return grids.reduce((sum, grid) => {
    const room = Math.floor((grid.clientHeight - header) / row);
    const drawn = grid.querySelectorAll('[role=row]').length - 1;
    return sum + Math.max(0, Math.min(room, Number(grid.getAttribute('aria-rowcount')) - 1) - drawn);
  }, 0);
}
