/**
 * Everything that is true of the bakery, in one place. The files are drawn from these numbers and from nothing else; a
 * method that reads the files should find them again. Money is in euros, time in days unless a name says otherwise.
 *
 * The numbers are plausible for a small food business and not measured at one: basket values and margins of the trade,
 * an advertising budget of about 5 % of sales, carry-over of hours for search and of days for print and radio.
 */
export const parameters = {
  seed: 20230701,
  /** The bakery opens on `from`: everybody's first order is in the files. Three whole years, ending on a Tuesday. */
  from: '2023-07-01',
  to: '2026-06-30',

  /** Expected sales a day without advertising: a sum of these parts. */
  baseline: {
    /** Straight lines between these days. */
    trend: [
      { day: '2023-07-01', value: 1000 },
      { day: '2024-07-01', value: 1250 },
      { day: '2025-07-01', value: 1400 },
      { day: '2026-06-30', value: 1450 },
    ],
    /** Monday to Sunday; they add to 0. */
    weekday: [-260, -190, -110, -60, 60, 330, 230],
    /** Σ cos·cos(2πkd/365.25) + sin·sin(2πkd/365.25), d = days since 1 January 2023; k = 1, 2. */
    season: [
      { cos: 95, sin: -40 },
      { cos: 35, sin: 20 },
    ],
    /** Added on the days that `holidayOf` names. */
    holidays: {
      'new-year': -520,
      'christmas-eve': 1300,
      christmas: -420,
      easter: 700,
      'mothers-day': 900,
      valentine: 450,
      'saint-nicholas': 500,
      'public-holiday': -150,
    },
  },

  /**
   * What advertising adds on day t: effect · a / (a + half), a = Σ carryoverˡ · spend(t−l) / Σ carryoverˡ over the last
   * `window` days (normalised geometric adstock, Michaelis-Menten saturation). `effect` is the most a channel can bring
   * in a day, `half` the adstocked spend that brings half of it.
   */
  media: {
    window: 28,
    channels: {
      search: { carryover: 0.2, half: 35, effect: 265, why: 'People who already look: quick, worth it, saturates.' },
      social: { carryover: 0.5, half: 40, effect: 230, why: 'Seen today, bought in the days after; worth it.' },
      display: { carryover: 0.4, half: 40, effect: 32, why: 'Banners few remember: costs more than it brings.' },
      radio: { carryover: 0.8, half: 45, effect: 90, why: 'Long memory, dear: just below break-even on margin.' },
      leaflets: { carryover: 0.75, half: 25, effect: 150, why: 'Stay on the fridge; cheap and worth it.' },
    },
    /** An order that advertising brought is this many times as often a first order. */
    newCustomerTilt: 1.6,
  },

  /** How money is spent, and the weeks in which a channel was switched off on purpose (the plan had it on). */
  spend: {
    search: {
      level: 12,
      burst: 44,
      noise: 0.4,
      weekday: [1.1, 1.1, 1.05, 1, 1, 0.85, 0.9],
      costPerClick: 1.4,
      costPerThousand: 55,
    },
    social: { level: 6, burst: 54, noise: 0.35, costPerClick: 1.1, costPerThousand: 8 },
    display: { level: 19, noise: 0.25, costPerClick: 2.1, costPerThousand: 3.5 },
    radio: { flight: 62, noise: 0.12, costPerThousand: 11 },
    leaflets: { drop: 330, noise: 0.15, costPerThousand: 95 },
  },
  pauses: [
    { channel: 'search', from: '2024-09-09', to: '2024-10-06' },
    { channel: 'social', from: '2025-03-03', to: '2025-04-06' },
    { channel: 'display', from: '2025-09-08', to: '2025-10-19' },
    { channel: 'search', from: '2026-02-16', to: '2026-03-08' },
  ],
  /** A pause is read as a lift test with this standard error, in euros over its weeks. */
  liftTestError: 550,

  /**
   * Four kinds of customers. `share` of sales in an average week; `value` of an order; purchases of one customer come at a
   * rate λ ~ Gamma(r, 1/alpha) a week, and after each order, the first too, the customer leaves for good with probability
   * p ~ Beta(a, b) (MBG/NBD). The order's value is Gamma(valueShape, rate ν) with ν ~ Gamma(spreadShape, ·) a customer
   * (gamma-gamma).
   */
  segments: {
    lunch: {
      share: 0.28,
      value: 21,
      r: 0.9,
      alpha: 1.4,
      a: 0.9,
      b: 1.8,
      web: 0.4,
      lines: 0.12,
      days: [1.35, 1.4, 1.4, 1.4, 1.25, 0.15, 0.05],
      hours: [12.2, 0.7],
      festive: 0.6,
    },
    family: {
      share: 0.34,
      value: 34,
      r: 1.1,
      alpha: 3.2,
      a: 0.9,
      b: 2.2,
      web: 0.25,
      lines: 0.3,
      days: [0.35, 0.35, 0.4, 0.4, 0.6, 2.4, 2.5],
      hours: [9.3, 1.1],
      festive: 1.2,
    },
    occasion: {
      share: 0.2,
      value: 78,
      r: 1,
      alpha: 16,
      a: 0.9,
      b: 1.6,
      web: 0.5,
      lines: 0.15,
      days: [0.6, 0.6, 0.7, 0.9, 1.3, 1.7, 1.2],
      hours: [15.2, 2],
      festive: 3,
    },
    health: {
      share: 0.18,
      value: 30,
      r: 1,
      alpha: 2.6,
      a: 0.8,
      b: 1.9,
      web: 0.45,
      lines: 0.12,
      days: [1.2, 1.15, 1.15, 1.15, 1.05, 0.9, 0.4],
      hours: [8.4, 1.6],
      festive: 0.7,
    },
  },
  orders: { valueShape: 8, spreadShape: 16, leastNewShare: 0.05, refundShare: 0.008, onlineMediaOnWeb: 0.85 },

  customers: {
    emailConsent: { lunch: 0.46, family: 0.58, occasion: 0.4, health: 0.62 },
    /** Consent to profiling, with and without consent to e-mail. */
    profiling: { withEmail: 0.6, withoutEmail: 0.08 },
    blankCity: 0.025,
    blankBirthYear: 0.12,
    /** A repeat order on the web opens a second account, with a mistyped address, this often (once a person). */
    secondAccount: 0.01,
    birthYear: { lunch: [1988, 9], family: [1981, 8], occasion: [1972, 14], health: [1986, 11] },
  },

  email: {
    holdout: 0.2,
    open: { A: 0.38, B: 0.33 },
    click: { A: 0.16, B: 0.14 },
    unsubscribe: 0.004,
    /** Extra orders for each mail sent, and how they spread over the three days after. */
    ordersPerMail: 0.018,
    days: [0.6, 0.3, 0.1],
  },

  web: {
    /** Share of paid clicks that reach the site and accept measuring. */
    measuredClicks: 0.33,
    /** Orders that no advertising brought, yet whose last step was a click on a search advertisement. */
    freeRiders: 0.22,
    /** Visits a day that were not paid for and bought nothing. */
    otherVisits: 6,
    cart: 0.15,
  },
  reviews: { share: 0.045 },
} as const;

export type Parameters = typeof parameters;
export type Channel = keyof Parameters['media']['channels'];
export type Segment = keyof Parameters['segments'];
export type Holiday = keyof Parameters['baseline']['holidays'];

export const channels = Object.keys(parameters.media.channels) as Channel[];
export const segments = Object.keys(parameters.segments) as Segment[];
