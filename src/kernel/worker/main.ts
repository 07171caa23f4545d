import './lockdown';
import { Cells } from './cells';
import { surfaceDocument } from './dom/document';
import { connect } from './link';

// Plot asks for `window.document` when it is not given one.
Object.defineProperty(globalThis, 'window', { value: Object.freeze({ document: surfaceDocument }), enumerable: false });

let cells: Cells | undefined;
connect((message, send) => {
  cells ??= new Cells(send);
  cells.receive(message);
});
