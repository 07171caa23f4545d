import type { Profile } from '../table/profile';
import { saysConsent } from './consent-words';

/** What a column is for, in the files that shops, ad accounts and CRMs export. */
export type Role =
  | 'date'
  | 'revenue'
  | 'refund'
  | 'tax'
  | 'shipping'
  | 'cost'
  | 'channel'
  | 'campaign'
  | 'customer'
  | 'order'
  | 'email'
  | 'consent'
  | 'suppressed'
  | 'product'
  | 'quantity'
  | 'currency'
  | 'status'
  | 'impressions'
  | 'clicks';

export interface RoleColumn {
  readonly name: string;
  readonly source: string;
  readonly type: string;
}

/** Blanks around it are a slip of who typed it. */
export const EMAIL_ADDRESS = /^\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*$/;

interface Rule {
  readonly kind: 'time' | 'number' | 'text' | 'any';
  /** Headers in plain words, the surest first; English and German, with the words of the tools that write them. */
  readonly names: readonly RegExp[];
  readonly not?: RegExp;
  /** What its values are like, where the name does not tell or tells too much. */
  readonly values?: (value: string) => boolean;
  /** One value like that is enough: others may be words that nobody here knows. */
  readonly some?: boolean;
}

/** Headers of who must not be written to, whatever else is said of them. */
const REFUSED =
  /unsubscribed|suppress|\bblocked|blacklist|blocklist|gesperrt|sperre\b|abgemeldet|abbestellt|opt(ed)? ?out|\bdo ?not\b|\bbounced?\b|withdrawn|revoked|widerruf|widerspr|robinson|\b(no|keine?)\b.*(consent|einwilligung|newsletter|marketing|mails?|werbung)/;

const RULES: Readonly<Record<Role, Rule>> = {
  date: {
    kind: 'time',
    names: [
      /^(date|day|datum|tag)$/,
      /^(order(ed)?|bestell\w*|created?|erstell\w*|purchase|kauf|invoice|rechnungs?) ?(at|am|date|datum|on)\b/,
      /^(gregorian date|time|timestamp|zeitpunkt|week|woche|month|monat|send (date|time)|(reporting )?starts?|berichtsstart|beginn)$/,
      /\b(date|day|datum|tag|at|am)\b|datum/,
    ],
    not: /birth|geburt|modified|updated|geändert|fulfilled|end|ends|ende|last|letzte/,
  },
  revenue: {
    kind: 'number',
    names: [
      /^(revenue|umsatz|net sales|nettoumsatz|turnover|erlös)$/,
      /^(order total amount|total|gesamt\w*|total (revenue|sales)|order total|bestellwert|umsatz .*)$/,
      /\b(revenue|umsatz|conv\w* (value|wert)|conversion value)\b|umsatz/,
      /^(grand total|amount paid|total paid|order (value|amount|sum)|(end|zahl|rechnungs)betrag|(bestell|auftrags)(summe|wert)|warenkorbwert)$/,
      /^(net|netto)( (amount|total|sum|value|price|betrag|summe|wert|preis))?( (eur|usd|gbp|chf))?$/,
      /^(gross|brutto)( (amount|total|sum|value|price|betrag|summe|wert|preis))?( (eur|usd|gbp|chf))?$/,
      /^(amount|betrag|sales|gross sales|value|wert|price|preis)$/,
    ],
    not: /tax|steuer|shipping|versand|discount|rabatt|refund|erstatt|rate|per|pro\b|cost|spent/,
  },
  refund: { kind: 'number', names: [/\b(refund(ed)? amount|amount refunded|order refund amount)\b|erstatt/] },
  tax: {
    kind: 'number',
    names: [
      /^(tax|taxes|vat|sales tax|(order )?(total )?tax( amount)?|mwst|ust|umsatzsteuer|mehrwertsteuer|steuern?)$/,
    ],
  },
  shipping: {
    kind: 'number',
    names: [/^(shipping|postage|(order )?shipping (amount|cost|total)|delivery fee|versand(kosten)?|porto)$/],
  },
  cost: {
    kind: 'number',
    names: [
      /^(cost|costs|kosten|spend|spent|ausgaben)$/,
      /\b(amount spent|total spent|ausgegebener betrag|werbekosten|ad spend|media spend|cost micros)\b/,
    ],
    not: /\bper\b|\bpro\b|avg|durchschn|cpc|cpm|conv/,
  },
  channel: {
    kind: 'text',
    names: [
      /^(channel|kanal|marketing channel|vertriebskanal)$/,
      /channel|kanal|utm source|source medium/,
      /^(source|quelle|medium|platform|plattform|original source|lead source|event type)$/,
    ],
  },
  campaign: {
    kind: 'text',
    names: [/^(campaign|kampagne)( name)?$/, /campaign|kampagne/],
    not: /status|budget|type|\bid\b/,
  },
  customer: {
    kind: 'any',
    names: [
      /\b(customer|client|member|user|buyer|kunden?) ?(id|no|nr|number|nummer)\b|kunden(id|nr|nummer)/,
      /^(customer|client|kunde|buyer|käufer)$/,
      /\bcustomer name\b|kundenname/,
    ],
    not: /reference|note|email|mail/,
  },
  order: {
    kind: 'any',
    names: [
      /\b(order|bestell|auftrags?|invoice|rechnungs?) ?(id|no|nr|number|nummer)\b|(bestell|auftrags|rechnungs)(id|nr|nummer)/,
      /^(order|bestellung|auftrag|invoice|rechnung)$/,
      /\b(transaction|basket|receipt) ?(id|no|number)\b|bonnummer/,
      /^name$/,
    ],
    not: /date|datum|status|total|line/,
  },
  email: {
    kind: 'text',
    names: [/^(e ?mail|e ?mail address|e ?mail adresse)$/, /e ?mail/],
    values: (value) => EMAIL_ADDRESS.test(value),
  },
  consent: {
    kind: 'any',
    names: [/consent|einwilligung|werbeerlaubnis/, /accepts.*marketing|marketing contact status|opt ?in|newsletter/],
    values: saysConsent,
    some: true,
    // A column that says who does not want to be written to means the opposite.
    not: new RegExp(`time|ip\\b|date|datum|sms|\\b(am|at)$|${REFUSED.source}`),
  },
  suppressed: { kind: 'any', names: [REFUSED], not: /count|number|anzahl|rate|total|sms|cart|item/ },
  product: {
    kind: 'text',
    names: [
      /^(product|produkt|artikel|item|lineitem name|item name|product name|artikelname|produktname)$/,
      /product|produkt|artikel|\bsku\b/,
    ],
    not: /price|preis|type|category/,
  },
  quantity: { kind: 'number', names: [/^(quantity|qty|menge|anzahl|units|lineitem quantity)$/, /quantity|menge/] },
  currency: {
    kind: 'text',
    names: [/^(currency|währung)$/, /^(currency|währungs?) ?code$|^(order |presentment )?currency$|währung/],
    values: (value) => /^[A-Z]{3}$/i.test(value),
  },
  status: {
    kind: 'text',
    names: [/^(financial|order|payment) status$/, /^(bestell|auftrags|zahlungs)status$/, /^status$/],
  },
  impressions: { kind: 'number', names: [/^(impressions|impr|impressionen)$/], not: /share/ },
  clicks: { kind: 'number', names: [/^(clicks|klicks|link clicks|clicks destination)$/] },
};

/** Shopify calls its order numbers `Name`, and writes `#1001` there. */
const ORDER_NAME = /^(?:#\w*\d+|\w*\d{3,})$/;

/**
 * Which column of a table plays which role, by its header and, where a profile is given, by what it holds. A column plays
 * one role at most; where several could play one, the surest header wins, and of those the first.
 */
export function rolesOf(columns: readonly RoleColumn[], profile?: Profile): Partial<Record<Role, string>> {
  const candidates = (Object.keys(RULES) as Role[]).flatMap((role) =>
    columns.flatMap((column, place) => {
      const rank = rankOf(role, column, profile);
      return rank === null ? [] : [{ role, name: column.name, rank, place }];
    }),
  );
  candidates.sort((a, b) => a.rank - b.rank || a.place - b.place);
  const roles: Partial<Record<Role, string>> = {};
  const taken = new Set<string>();
  for (const { role, name } of candidates) {
    if (roles[role] !== undefined || taken.has(name)) continue;
    roles[role] = name;
    taken.add(name);
  }
  // A list of customers says what each has spent, which cost the shop nothing; ads have buyers only as numbers of accounts.
  const ofBuyers = roles.customer !== undefined || roles.email !== undefined;
  if (ofBuyers && roles.impressions === undefined && roles.clicks === undefined) delete roles.cost;
  return roles;
}

/** How surely a column plays a role: 0 is surest, null not at all. */
function rankOf(role: Role, { name, source, type }: RoleColumn, profile: Profile | undefined): number | null {
  const rule = RULES[role];
  if (!isKind(rule.kind, type)) return null;
  const words = plainWords(source || name);
  const rank = rule.names.findIndex((pattern) => pattern.test(words));
  const top = profile?.columns.find((column) => column.name === name)?.top?.map(({ value }) => value) ?? [];
  const alike = (like: (value: string) => boolean): boolean => top.length > 0 && top.every(like);
  if (rule.not?.test(words)) return null;
  if (role === 'order' && words === 'name') return alike((value) => ORDER_NAME.test(value)) ? rank : null;
  if (rank >= 0) {
    const fits = !rule.values || (rule.some ? top.some(rule.values) : alike(rule.values));
    return top.length === 0 || type === 'BOOLEAN' || fits ? rank : null;
  }
  return role === 'email' && rule.values && alike(rule.values) ? rule.names.length : null;
}

function isKind(kind: Rule['kind'], type: string): boolean {
  switch (kind) {
    case 'any':
      return true;
    case 'time':
      return /DATE|TIMESTAMP/.test(type);
    case 'number':
      return /INT|DOUBLE|FLOAT|DECIMAL/.test(type);
    case 'text':
      return type === 'VARCHAR';
  }
}

/** `Amount spent (EUR)` → `amount spent`; `order_id` → `order id`. */
function plainWords(header: string): string {
  return header
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .replace(/\((?:[a-z]{3}|in utc|billing)\)/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
