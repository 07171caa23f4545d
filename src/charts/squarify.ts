/** A rectangle of a treemap. */
export interface Tile {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/**
 * Parts a rectangle into tiles whose areas are in proportion to values, as near to squares as they come: rows are filled
 * along the shorter side for as long as that makes them squarer.
 *
 * Source: Bruls, Huizing and van Wijk (2000), "Squarified treemaps", Eurographics.
 *
 * @param values above 0, from the largest down
 * @returns a tile each, y downwards from 0
 * @example squarify([1, 1], 2, 1)[1].x1 // => 1
 */
export function squarify(values: readonly number[], width: number, height: number): Tile[] {
  const scale = (width * height) / values.reduce((sum, value) => sum + value, 0);
  const areas = values.map((value) => value * scale);
  const tiles: Tile[] = [];
  let room: Tile = { x1: 0, y1: 0, x2: width, y2: height };
  while (tiles.length < areas.length) {
    const side = Math.min(room.x2 - room.x1, room.y2 - room.y1);
    let count = 1;
    const row = (n: number): number[] => areas.slice(tiles.length, tiles.length + n);
    while (tiles.length + count < areas.length && worst(row(count + 1), side) <= worst(row(count), side)) count++;
    const placed = placeRow(row(count), room);
    tiles.push(...placed.tiles);
    room = placed.rest;
  }
  return tiles;
}

/** The longest of the tiles' proportions when areas fill a row along a side. */
function worst(areas: readonly number[], side: number): number {
  const sum = areas.reduce((total, area) => total + area, 0);
  const depth = sum / side;
  return Math.max(...areas.map((area) => Math.max((depth * depth) / area, area / (depth * depth))));
}

function placeRow(areas: readonly number[], room: Tile): { tiles: Tile[]; rest: Tile } {
  const isWide = room.x2 - room.x1 >= room.y2 - room.y1;
  const side = isWide ? room.y2 - room.y1 : room.x2 - room.x1;
  const depth = areas.reduce((sum, area) => sum + area, 0) / side;
  let at = isWide ? room.y1 : room.x1;
  const tiles = areas.map((area) => {
    const next = at + area / depth;
    const tile = isWide
      ? { x1: room.x1, x2: room.x1 + depth, y1: at, y2: next }
      : { y1: room.y1, y2: room.y1 + depth, x1: at, x2: next };
    at = next;
    return tile;
  });
  return { tiles, rest: isWide ? { ...room, x1: room.x1 + depth } : { ...room, y1: room.y1 + depth } };
}
