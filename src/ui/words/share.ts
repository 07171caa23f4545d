import { firstOf } from '../../base/listed';
import { locale } from '../../base/locale';

/** The ways in which a notebook leaves the page, and who signed it. */
export const share = {
  archive: 'Save with data and results (zip)',
  page: 'Save as a page that opens by itself, with data (HTML)',
  makingPage: 'Putting the page together …',
  /** What the page's name ends with: other pages of the notebook hold results only. */
  pageFile: { withData: 'with data', alone: 'without data', locked: 'encrypted' },
  lockItem: 'Save encrypted …',
  link: 'Copy a link that holds the notebook',
  jupyter: 'Save as a Jupyter notebook',
  workbook: 'Save the tables as an Excel workbook',
  noTables: 'No cell shows a table. Run the cells first.',
  reportItem: 'Save a report (HTML) …',
  signItem: 'Sign …',
  lock: 'Save encrypted',
  lockText:
    'The notebook, its data and results as one file that opens with this passphrase alone. Nobody can recover it: tell it to your colleague by another way than the file.',
  lockAction: 'Save encrypted',
  passphrase: 'Passphrase',
  show: 'Show it',
  suggest: 'Suggest one',
  strength: {
    weak: 'Weak: guessed within days. Take four or more unusual words.',
    fair: 'Fair: holds against one person who tries, not against many computers.',
    good: 'Good: many computers would need years.',
    strong: 'Strong: nobody guesses it.',
  },
  unlock: (name: string) => `${name} is encrypted`,
  unlockAction: 'Open',
  refused: 'The passphrase does not fit, or the file was changed since it was encrypted.',
  sign: 'Sign the notebook',
  signText:
    'Whoever opens it sees your name, and whether the text or a data file was changed since. The key stays in this browser; clearing its storage takes the key along.',
  signAction: 'Sign',
  name: 'Your name',
  report: 'Save a report',
  reportText:
    'Text, charts and tables as one HTML file that opens in any browser and prints. It holds what you see, not the data behind it.',
  reportAction: 'Save the report',
  personal: (columns: readonly string[]) =>
    `Rows on show hold personal data: ${firstOf(columns, 6)}. Whoever gets the report can read them: leave tables out, or leave those columns out of the cells.`,
  personalTitle: (file: string) => `${file} holds personal data`,
  personalText: (where: readonly string[], goes: 'data' | 'link' | 'shown') =>
    `In ${firstOf(where, 6)}. ${
      {
        data: 'Whoever gets the file can read them: save it encrypted, or share the notebook without its data, where they must not.',
        link: 'Whoever gets the link can read them: share the notebook without its data where they must not.',
        shown: 'Whoever gets the file can read them: leave those columns out of the cells if they are not needed.',
      }[goes]
    }`,
  personalAction: { data: 'Save it', link: 'Copy it', shown: 'Save it' },
  theLink: 'The link',
  addresses: (cells: readonly string[]) =>
    `E-mail addresses stand in the text, charts or controls of ${firstOf(cells, 6)}. Whoever gets the report can read them.`,
  rows: 'Rows of each table',
  rowsOf: (n: number) => (n === 0 ? 'none: leave tables out' : `the first ${n.toLocaleString(locale())}`),
  code: 'Show the code too',
  columns: (name: string) => `${name} has other columns`,
  columnsText:
    'The notebook reads columns that are not in this file under their names. Say which is which; the file itself stays as it is.',
  columnsAction: 'Read it so',
  noColumn: 'not in this file',
  choose: 'Choose the file …',
  signed: (by: string, date: string, data: 'none' | 'same' | undefined) =>
    `Signed by ${by || 'nobody named'}${date && ` on ${date}`}, ${data === 'none' ? '' : data === 'same' ? 'text and data ' : 'text '}unchanged.`,
  /** What keeps the data from being those that were signed. */
  signedData: {
    awaited: (names: readonly string[]) =>
      `${names.join(', ')} will be looked at once ${names.length === 1 ? 'it is' : 'they are'} here.`,
    unsigned: (names: readonly string[]) => `Not signed: ${names.join(', ')}.`,
    other: (names: readonly string[]) =>
      `But ${names.join(', ')} ${names.length === 1 ? 'is not the file that was' : 'are not the files that were'} signed: the figures may be others.`,
  },
  hashing: 'Reading the data to sign them …',
  changed: (by: string, date: string) =>
    `Signed by ${by || 'nobody named'}${date && ` on ${date}`}; it was changed since.`,
  own: 'With the key of this browser.',
  key: (fingerprint: string) => `Key ${fingerprint}, new to you: ask them whether it is theirs.`,
  know: 'It is theirs',
  known: (name: string) => `With the key you know as ${name}’s.`,
  tooLong: 'The notebook is too long for a link. Share it as a file instead.',
  saveInstead: 'Save with data',
  linkHere: 'The address of this page holds another notebook.',
  openLink: 'Open it',
  linkWithData: 'Link copied. The notebook and its data are in the link itself.',
  linkAlone: (data: boolean) =>
    `Link copied. The notebook is in the link itself${data ? '; its data are too large for that and are not' : ''}.`,
  notRun: 'Nothing of the notebook has run, so the report holds its text alone.',
  done: 'Signed. Save or share the notebook now: any change will show.',
  packing: 'Packing the data …',
  lacking: (names: string) => `Not in the file, because not here: ${names}.`,
  made: (date: string, note: string) => `Made with Levain on ${date}.${note}`,
  otherKey: (by: string) => `You know ${by} by another key.`,
} as const;
