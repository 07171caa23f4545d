import { transform, type Options } from 'sucrase';
import type { Position } from '../position';

const OPTIONS: Options = {
  transforms: ['typescript'],
  disableESTransforms: true,
  keepUnusedImports: true,
  production: true,
};

/** TypeScript without its types: JavaScript with the same lines (columns may move). Throws sucrase's `SyntaxError`. */
export function stripTypes(source: string): string {
  return transform(source, OPTIONS).code;
}

/** The place in the TypeScript of a place in what {@link stripTypes} made of it. */
export function beforeStripping(source: string, place: Position): Position {
  const { sourceMap } = transform(source, {
    ...OPTIONS,
    sourceMapOptions: { compiledFilename: 'cell.js' },
    filePath: 'cell.ts',
  });
  let column = place.column;
  for (const segment of segmentsOfLine(sourceMap?.mappings ?? '', place.line)) {
    if (segment.generated > place.column - 1) break;
    column = place.column - segment.generated + segment.original;
  }
  return { line: place.line, column };
}

interface Segment {
  readonly generated: number;
  readonly original: number;
}

/** The 0-based column pairs of one line of a source map (base64 VLQ: generated column, source, line, column as deltas). */
function segmentsOfLine(mappings: string, line: number): Segment[] {
  const segments: Segment[] = [];
  let original = 0;
  for (const [index, text] of mappings.split(';').slice(0, line).entries()) {
    let generated = 0;
    for (const segment of text.split(',')) {
      const deltas = decodeVlq(segment);
      generated += deltas[0] ?? 0;
      original += deltas[3] ?? 0;
      if (index === line - 1 && deltas.length > 3) segments.push({ generated, original });
    }
  }
  return segments;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function decodeVlq(text: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const char of text) {
    const digit = BASE64.indexOf(char);
    value |= (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  return numbers;
}
