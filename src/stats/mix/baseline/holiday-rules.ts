/** How the day of a holiday follows from the year. Months count from 1; weekdays from 0, Sunday. */
export type HolidayRule =
  | { readonly name: string; readonly month: number; readonly day: number; readonly since: number }
  | { readonly name: string; readonly easter: number }
  /** The n-th such weekday of the month, or the last one for nth −1. `plus` days are added (the Friday after…). */
  | {
      readonly name: string;
      readonly month: number;
      readonly weekday: number;
      readonly nth: number;
      readonly plus: number;
    };

export type Country = 'AT' | 'BE' | 'CH' | 'DE' | 'ES' | 'FR' | 'GB' | 'IT' | 'NL' | 'US';

const on = (name: string, month: number, day: number, since = -Infinity): HolidayRule => ({ name, month, day, since });
const easter = (name: string, days: number): HolidayRule => ({ name, easter: days });
const nth = (name: string, n: number, weekday: number, month: number, plus = 0): HolidayRule => ({
  name,
  month,
  weekday,
  nth: n,
  plus,
});

const [SUNDAY, MONDAY, THURSDAY] = [0, 1, 4] as const;

const newYear = on("New Year's Day", 1, 1);
const epiphany = on('Epiphany', 1, 6);
const goodFriday = easter('Good Friday', -2);
const easterSunday = easter('Easter Sunday', 0);
const easterMonday = easter('Easter Monday', 1);
const ascension = easter('Ascension Day', 39);
const whitSunday = easter('Whit Sunday', 49);
const whitMonday = easter('Whit Monday', 50);
const corpusChristi = easter('Corpus Christi', 60);
const labourDay = on('Labour Day', 5, 1);
const assumption = on('Assumption Day', 8, 15);
const allSaints = on("All Saints' Day", 11, 1);
const immaculate = on('Immaculate Conception', 12, 8);
const christmas = on('Christmas Day', 12, 25);
const secondChristmas = on("St Stephen's Day", 12, 26);

/**
 * The holidays of each country that hold in the whole of it, on the day itself: no day in lieu, no regional holiday
 * and none proclaimed once.
 */
export const HOLIDAY_RULES: Record<Country, readonly HolidayRule[]> = {
  AT: [
    ...[newYear, epiphany, easterMonday, labourDay, ascension, whitMonday, corpusChristi, assumption],
    on('National Day', 10, 26),
    ...[allSaints, immaculate, christmas, secondChristmas],
  ],
  BE: [
    ...[newYear, easterSunday, easterMonday, labourDay, ascension, whitSunday, whitMonday],
    on('National Day', 7, 21),
    ...[assumption, allSaints],
    on('Armistice Day', 11, 11),
    christmas,
  ],
  // Swiss law names the first of August alone; the others are those that (nearly) every canton keeps.
  CH: [newYear, easterSunday, ascension, whitSunday, on('National Day', 8, 1), christmas],
  DE: [
    ...[newYear, goodFriday, easterMonday, labourDay, ascension, whitMonday],
    on('German Unity Day', 10, 3),
    ...[christmas, secondChristmas],
  ],
  ES: [
    ...[newYear, epiphany, goodFriday, labourDay, assumption],
    on('Hispanic Day', 10, 12),
    allSaints,
    on('Constitution Day', 12, 6),
    ...[immaculate, christmas],
  ],
  FR: [
    ...[newYear, easterMonday, labourDay],
    on('Victory Day', 5, 8),
    ...[ascension, whitMonday],
    on('National Day', 7, 14),
    ...[assumption, allSaints],
    on('Armistice Day', 11, 11),
    christmas,
  ],
  // The early May and spring bank holidays were moved in 1995, 2002, 2012, 2020 and 2022; the rule does not know it.
  GB: [
    ...[newYear, goodFriday, easterMonday],
    nth('Early May Bank Holiday', 1, MONDAY, 5),
    nth('Spring Bank Holiday', -1, MONDAY, 5),
    nth('Summer Bank Holiday', -1, MONDAY, 8),
    ...[christmas, on('Boxing Day', 12, 26)],
  ],
  IT: [
    ...[newYear, epiphany, easterSunday, easterMonday],
    on('Liberation Day', 4, 25),
    labourDay,
    on('Republic Day', 6, 2),
    ...[assumption, allSaints, immaculate, christmas, secondChristmas],
  ],
  // King's Day moves to the 26th when the 27th of April is a Sunday; the rule does not know it.
  NL: [
    ...[newYear, goodFriday, easterSunday, easterMonday],
    on("King's Day", 4, 27, 2014),
    ...[ascension, whitSunday, whitMonday, christmas, secondChristmas],
  ],
  US: [
    newYear,
    nth('Martin Luther King Jr. Day', 3, MONDAY, 1),
    nth("Washington's Birthday", 3, MONDAY, 2),
    nth('Memorial Day', -1, MONDAY, 5),
    on('Juneteenth', 6, 19, 2021),
    on('Independence Day', 7, 4),
    nth('Labor Day', 1, MONDAY, 9),
    nth('Columbus Day', 2, MONDAY, 10),
    on('Veterans Day', 11, 11),
    nth('Thanksgiving', 4, THURSDAY, 11),
    christmas,
  ],
};

const blackFriday = nth('Black Friday', 4, THURSDAY, 11, 1);
const mothersDayInMay = nth("Mother's Day", 2, SUNDAY, 5);

/**
 * Days that are no holidays but move sales: Black Friday everywhere, and Mother's Day (the second Sunday of May; in Spain
 * the first; in Great Britain three weeks before Easter; in France it moves with Whitsun and is left out).
 */
export const SHOPPING_DAYS: Record<Country, readonly HolidayRule[]> = {
  AT: [mothersDayInMay, blackFriday],
  BE: [mothersDayInMay, blackFriday],
  CH: [mothersDayInMay, blackFriday],
  DE: [mothersDayInMay, blackFriday],
  ES: [nth("Mother's Day", 1, SUNDAY, 5), blackFriday],
  FR: [blackFriday],
  GB: [easter("Mother's Day", -21), blackFriday],
  IT: [mothersDayInMay, blackFriday],
  NL: [mothersDayInMay, blackFriday],
  US: [mothersDayInMay, blackFriday],
};
