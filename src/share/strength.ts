/** How long a passphrase holds against somebody who has the file and guesses. */
export interface Strength {
  /** The logarithm to base 2 of the guesses it takes, as estimated. */
  readonly bits: number;
  readonly level: 'weak' | 'fair' | 'good' | 'strong';
}

/** Words that guessing begins with. */
const COMMON =
  /password|passwort|passwd|qwerty|qwertz|azerty|letmein|welcome|willkommen|admin|iloveyou|monkey|dragon|sunshine|princess|football|secret|geheim|master|login|hello|hallo|levain|bakery|test|summer|sommer|winter|spring|autumn|january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday/gi;

/** Rows of keys and orders that hands fall into. */
const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'qwertzuiop',
  'asdfghjkl',
  'zxcvbnm',
  'yxcvbnm',
];

/**
 * Estimates a passphrase by what it is made of. A word counts as one of a dictionary of 4,096 (12 bits), a word that
 * guessing begins with as 8 bits, a year as 7, a character that repeats the one before or neighbours it as 1, every other
 * as the logarithm of its alphabet (26 small letters, as many capitals, 10 digits, 33 signs). Whoever drew letters at
 * random is told less than they have; whoever took a sentence from a book is told more.
 *
 * With 600,000 rounds a good graphics card tries some 15,000 passphrases a second (2^14): a thousand of them take a day
 * for 40 bits, some 20 years for 53, and longer than anyone waits for 64.
 *
 * @example strength('password1').level // => 'weak'
 * @example strength('velvet tractor nine monsoon').level // => 'good'
 */
export function strength(passphrase: string): Strength {
  const text = passphrase
    .normalize('NFKC')
    .replace(COMMON, '\u0001')
    .replace(/(?:19|20)\d\d/g, '\u0002');
  let bits = 0;
  let before = '';
  for (const [part] of text.matchAll(/\p{L}\p{Ll}{3,}|[^]/gu)) {
    if (isWord(part)) bits += 12;
    else {
      for (const character of part) {
        bits += bitsOf(character, before);
        before = character;
      }
    }
    before = part.at(-1)!;
  }
  const rounded = Math.round(bits);
  return { bits: rounded, level: rounded < 40 ? 'weak' : rounded < 53 ? 'fair' : rounded < 64 ? 'good' : 'strong' };
}

const isWord = (part: string): boolean => part.length >= 4 && /[aeiouyäöüàèéêóú]/i.test(part);

function bitsOf(character: string, before: string): number {
  if (character === '\u0001') return 8;
  if (character === '\u0002') return 7;
  return before !== '' && follows(before, character) ? 1 : Math.log2(alphabetOf(character));
}

/** The same character again, or its neighbour in a row. */
function follows(before: string, after: string): boolean {
  const [a, b] = [before.toLowerCase(), after.toLowerCase()];
  return a === b || ROWS.some((row) => row.includes(a + b) || row.includes(b + a));
}

function alphabetOf(character: string): number {
  if (/[a-z]/.test(character) || /[A-Z]/.test(character)) return 26;
  if (/\d/.test(character)) return 10;
  return character.charCodeAt(0) < 0x80 ? 33 : 100;
}

/** Letters and digits that are not mistaken for each other. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A passphrase of 20 random signs in groups of five, with 99 bits. */
export function suggestPassphrase(): string {
  const signs: string[] = [];
  while (signs.length < 20) {
    // Bytes beyond the last whole multiple would favour the first signs.
    for (const byte of crypto.getRandomValues(new Uint8Array(32))) {
      if (byte < 256 - (256 % SIGNS.length) && signs.length < 20) signs.push(SIGNS[byte % SIGNS.length]!);
    }
  }
  return [0, 5, 10, 15].map((at) => signs.slice(at, at + 5).join('')).join('-');
}
