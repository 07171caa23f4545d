import type { PlotOptions } from '@observablehq/plot';
import { theme } from './theme';

/** What every chart of the house is told besides its data. */
export interface Frame {
  /** The finding, when one is known: “Orders rose 12 % on last year”; else what is drawn. */
  readonly title?: string;
  /** One line: how many, over which period, from where. */
  readonly caption?: string;
  /** The text alternative; title and caption when not given. */
  readonly ariaLabel?: string;
  /** In pixels; 704 × 300 when not given. */
  readonly width?: number;
  readonly height?: number;
}

/** Plot's options of a frame over the theme. */
export function framed({ title, caption, ariaLabel, width, height }: Frame): PlotOptions {
  const label = ariaLabel ?? [title, caption].filter(Boolean).join('. ');
  return {
    ...theme,
    ...(title !== undefined && { title }),
    ...(caption !== undefined && { caption }),
    ...(label !== '' && { ariaLabel: label }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
  };
}
