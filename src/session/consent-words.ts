/** What stands for a yes in a column that says who agreed to be written to, in lower case: shops, CRMs and newsletters. */
export const AGREED: readonly string[] = [
  ...[
    'yes',
    'y',
    'ja',
    'j',
    'true',
    't',
    '1',
    'x',
    'subscribed',
    'opted_in',
    'opted-in',
    'opted in',
    'granted',
    'given',
  ],
  ...['confirmed', 'marketing contact', 'tak', 'oui', 'si', 'sí', 'sì', 'sim', 'ano'],
];

/** What stands for a no. */
export const NOT_AGREED: readonly string[] = [
  ...['no', 'n', 'nein', 'false', 'f', '0', 'unsubscribed', 'never_subscribed', 'never subscribed', 'not_subscribed'],
  ...['not subscribed', 'opted_out', 'opted-out', 'opted out', 'pending', 'denied', 'refused', 'withdrawn'],
  ...['non marketing contact', 'nie', 'non', 'nee', 'ne', 'não'],
];

const KNOWN = new Set([...AGREED, ...NOT_AGREED]);

/** Whether a value is one of those words. */
export const saysConsent = (value: string): boolean => KNOWN.has(value.trim().toLowerCase());
