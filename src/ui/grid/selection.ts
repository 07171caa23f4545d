/** A place in the grid; row −1 is the header. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** A rectangle of cells, both corners within it. */
export interface Area {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export function areaOf(a: Place, b: Place): Area {
  return {
    top: Math.max(0, Math.min(a.row, b.row)),
    bottom: Math.max(0, a.row, b.row),
    left: Math.min(a.column, b.column),
    right: Math.max(a.column, b.column),
  };
}

export const holds = (area: Area | null, row: number, column: number): boolean =>
  area !== null && row >= area.top && row <= area.bottom && column >= area.left && column <= area.right;

/**
 * Where a key moves the active cell, by the grid pattern of ARIA; null for keys that do not move it.
 *
 * @param page rows in a window
 */
export function moved(from: Place, event: KeyboardEvent, rows: number, columns: number, page: number): Place | null {
  const jump = event.ctrlKey || event.metaKey;
  const { row, column } = from;
  const at = (nextRow: number, nextColumn: number): Place => ({
    row: Math.max(-1, Math.min(rows - 1, nextRow)),
    column: Math.max(0, Math.min(columns - 1, nextColumn)),
  });
  switch (event.key) {
    case 'ArrowUp':
      return at(jump ? 0 : row - 1, column);
    case 'ArrowDown':
      return at(jump ? rows - 1 : row + 1, column);
    case 'ArrowLeft':
      return at(row, jump ? 0 : column - 1);
    case 'ArrowRight':
      return at(row, jump ? columns - 1 : column + 1);
    case 'PageUp':
      return at(Math.max(0, row - page), column);
    case 'PageDown':
      return at(row + page, column);
    case 'Home':
      return at(jump ? 0 : row, 0);
    case 'End':
      return at(jump ? rows - 1 : row, columns - 1);
    default:
      return null;
  }
}
