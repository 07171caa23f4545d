/** Numbers that are names: ids, orders, postcodes, years, and months written as 202403. */
const NAMES =
  /(?:^|[_\s])(?:id|ids|(?:iso)?year|yearweek|isoweek|jahr|zip|plz|postcode|no|nr|code|sku|ean|gtin)$|[_\s]number$|nummer$|(?:kunden|bestell|auftrags|rechnungs|artikel)nr$|^(?:year[_\s]?)?(?:month|monat|week|woche)$|^(?:order|bestellung|auftrag|invoice|rechnung|customer|kunde)$/i;
const CAMEL_NAMES = /[a-z](?:Id|ID|Nr|No|Number)$/;

/** Whether a column's whole numbers name things, by its header: they are not added up, have no least, and their digits are not grouped. */
export const namesThings = (column: string): boolean => NAMES.test(column) || CAMEL_NAMES.test(column);
