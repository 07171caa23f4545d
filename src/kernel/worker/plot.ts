import * as observable from '@observablehq/plot';
import { textWidth } from './dom/text-metrics';

/** Plot's own room beside the frame where an axis stands, in pixels. */
const PLOTS_ROOM = 40;
/** A tick, what parts it from its label, and a little more, since widths are estimated. */
const TICK = 13;
/** A name of the axis that is written upwards beside its labels. */
const UPRIGHT_NAME = 18;
/** A tick, two lines of labels and the name of the axis under them. */
const TWO_LINES_AND_NAME = 44;
/** Labels may take this share of the width on each side; longer ones are cut, as Plot does. */
const MOST = 0.4;

/**
 * Observable Plot, whose `plot` makes room for labels that its margins of 40 pixels would cut (`1,000,000`, names of
 * products), and for the name of an axis whose labels are of two lines (`12 AM`, `Jul 3`): it is drawn a second time where they
 * need more and the cell says no margin of its own.
 */
export const Plot = Object.freeze({ ...observable, plot });

// `Plot.barX(…).plot(…)` goes the same way.
observable.Mark.prototype.plot = function ({ marks = [], ...options }: observable.PlotOptions = {}) {
  return plot({ ...options, marks: [...marks, this as unknown as observable.Markish] });
};

function plot(options: observable.PlotOptions = {}): ReturnType<typeof observable.plot> {
  const drawn = observable.plot(options);
  if (options.margin !== undefined) return drawn;
  const most = MOST * (options.width ?? 640);
  const room = roomBeside(drawn, options);
  const margins = {
    ...(options.marginLeft === undefined && room.left > PLOTS_ROOM && { marginLeft: Math.min(room.left, most) }),
    ...(options.marginBottom === undefined && crowdsBelow(drawn) && { marginBottom: TWO_LINES_AND_NAME }),
    ...(options.marginRight === undefined && room.right > PLOTS_ROOM && { marginRight: Math.min(room.right, most) }),
  };
  return Object.keys(margins).length > 0 ? observable.plot({ ...options, ...margins }) : drawn;
}

/** What the labels of the axes at the left and at the right take, in pixels, with the axis' name where it stands beside them. */
function roomBeside(drawn: Element, { style }: observable.PlotOptions): { left: number; right: number } {
  const given = typeof style === 'object' && style !== null ? (style as { fontSize?: unknown }).fontSize : undefined;
  const size = parseFloat(String(given)) || 10;
  const called = groupsOf(drawn);
  const room = { left: 0, right: 0 };
  for (const axis of ['y-axis', 'fy-axis']) {
    const upright = called(`${axis} label`).some(isTurned);
    for (const labels of called(`${axis} tick label`)) {
      const widest = Math.max(
        ...[...labels.querySelectorAll('text')].map((label) => textWidth(label.textContent ?? '')),
      );
      const side = [labels, ...labels.querySelectorAll('g')].some(isBefore) ? 'left' : 'right';
      room[side] = Math.max(room[side], Math.ceil(widest * size) + TICK + (upright ? UPRIGHT_NAME : 0));
    }
  }
  return room;
}

/** Whether an axis below the frame has its name where the second lines of its labels are. */
function crowdsBelow(drawn: Element): boolean {
  const called = groupsOf(drawn);
  // Labels above the frame are moved upwards.
  const below = called('x-axis tick label').filter((labels) => !labels.getAttribute('transform')?.includes('-'));
  return below.some((labels) => labels.querySelector('tspan')) && called('x-axis label').length > 0;
}

/** The parts of a drawing by what Plot calls them. */
function groupsOf(drawn: Element): (label: string) => Element[] {
  const groups = [...drawn.querySelectorAll('g')];
  return (label) => groups.filter((group) => group.getAttribute('aria-label') === label);
}

/** Labels end at the ticks of an axis at the left; each facet says so for its own. */
const isBefore = (labels: Element): boolean => labels.getAttribute('text-anchor') === 'end';

const isTurned = (name: Element): boolean =>
  [...name.childNodes].some((text) => (text as Element).getAttribute?.('transform')?.includes('rotate') ?? false);
