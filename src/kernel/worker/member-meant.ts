import { nearest } from '../../base/nearest';
import { shared } from './scope';

/** Which function of `Plot`, `aq` or `levain` is meant, where an error says that they have none of that name. */
export function memberMeant(message: string): string | undefined {
  const [, path, name] =
    /\b((?:Plot|aq|levain)(?:\.[\w$]+)*)\.([\w$]+) is not a (?:function|constructor)$/.exec(message) ?? [];
  if (path === undefined || name === undefined) return undefined;
  const holder = path.split('.').reduce<unknown>((value, part) => (isObject(value) ? value[part] : undefined), shared);
  if (!isObject(holder)) return undefined;
  // `barY` and not the class `BarY`; `cluster.kMeans`, of which one may not know where it stands.
  const isLike = (key: string): boolean => /^[a-z]/.test(key) === /^[a-z]/.test(name);
  const own = Object.keys(holder).filter(isLike);
  const inside = Object.entries(holder).flatMap(([room, value]) =>
    isObject(value) ? Object.keys(value).map((key) => `${room}.${key}`) : [],
  );
  const elsewhere = inside.find((key) => key.toLowerCase().endsWith(`.${name.toLowerCase()}`));
  const meant = elsewhere ?? nearest(name, own);
  return meant && `Did you mean ${path}.${meant}?`;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
