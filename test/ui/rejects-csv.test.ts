import { expect, it } from 'vitest';
import { rejectsCsv } from '../../src/ui/import/rejects-csv';

it('writes rejected rows as CSV, quoted where they must be, with formulas as text', () => {
  expect(
    rejectsCsv([
      { line: 22, reason: 'Row 22 has 3 fields, the header has 2.', text: 'a,"b",c' },
      { line: 40, column: 'revenue', reason: 'n/a is no number.', text: '=1+1;n/a' },
    ]),
  ).toBe(
    'line,column,reason,row\r\n22,,"Row 22 has 3 fields, the header has 2.","a,""b"",c"\r\n40,revenue,n/a is no number.,\'=1+1;n/a\r\n',
  );
});
