/**
 * Western Easter Sunday of a year, in days since 1970-01-01.
 *
 * Source: the anonymous Gregorian computus (Nature, 1876), as in Meeus (1991), "Astronomical Algorithms", ch. 8.
 *
 * @param year of the Gregorian calendar, from 1583
 * @example new Date(easterSunday(2024) * 86400000).toISOString().slice(0, 10) // => '2024-03-31'
 */
export function easterSunday(year: number): number {
  const a = year % 19;
  const century = Math.floor(year / 100);
  const c = year % 100;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const moon = (19 * a + century - Math.floor(century / 4) - correction + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(c / 4) - moon - (c % 4)) % 7;
  const late = Math.floor((a + 11 * moon + 22 * weekday) / 451);
  const days = moon + weekday - 7 * late + 114;
  return Date.UTC(year, Math.floor(days / 31) - 1, (days % 31) + 1) / 86_400_000;
}
