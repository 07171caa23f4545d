import type { GateControl, GateEvents } from '../kernel/gate-host';

/** The message, with a port, by which the page asks the engine's worker to open gates. */
export const GATE_MESSAGE = 'levain:gate';

/** Opens a gate on a port that leads to a kernel worker. */
export interface GateKeeper {
  connect(
    port: MessagePort,
    onOutput: GateEvents['onOutput'],
    onPatch: GateEvents['onPatch'],
    onDead: GateEvents['onDead'],
  ): GateControl;
}
