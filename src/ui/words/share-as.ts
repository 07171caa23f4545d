import { firstOf } from '../../base/listed';
/** The words of the choice of what a colleague gets. */
export const shareAs = {
  item: 'Share with …',
  title: 'What may your colleague do?',
  goes: 'Goes along:',
  stays: 'Stays here:',
  roles: {
    viewer: {
      name: 'Look at the results',
      who: 'viewer',
      goes: 'text, charts, numbers and the tables ticked below, as one page for any browser.',
      stays: 'the data, rows of the data, the code. Nothing in the page can be run.',
      action: 'Save for a viewer',
    },
    analyst: {
      name: 'Run it on your data',
      who: 'analyst',
      goes: 'the notebook, every data file with every row, and the results, as one archive.',
      stays: 'nothing of the notebook. Who has the file can read all of your data.',
      action: 'Save for an analyst',
    },
    editor: {
      name: 'Work on the notebook with data of their own',
      who: 'editor',
      goes: 'text and code, and of each data file its name, its columns and how it is read.',
      stays: 'the data and the results. Small tables written in the notebook do go along.',
      action: 'Save for an editor',
    },
  },
  lock: 'Lock it with a passphrase',
  page: 'As a page that opens by itself',
  pageText:
    'One HTML file of about 17 MB and the data, with Levain in it and without the results: a double click opens it, without a network. For a colleague who trusts you, since an HTML file is a program.',
  tables: 'Tables that go along',
  summary: (rows: string, of: string): string => `${rows} rows that sum up ${of}`,
  rows: (rows: string): string => `${rows} rows, perhaps rows of your data`,
  personal: (columns: readonly string[]): string => `Holds personal data: ${firstOf(columns, 4)}.`,
  texts: (cells: readonly string[]): string =>
    `E-mail addresses are written in the text of ${firstOf(cells, 4)}, which goes along as it is.`,
  /** What the file's name ends with: others of the notebook hold the data. */
  file: 'results',
  noTables: 'No table has been worked out.',
  charts:
    'Charts go along as they are drawn, unless an e-mail address stands in them: look whether a point or a label in one stands for a single customer.',
  made: 'For viewing: the data and the code are not in this file, so nothing in it can be run.',
  leftOut: 'Not in this file, since it may show rows of the data.',
  failed: 'This cell ended with an error.',
} as const;
