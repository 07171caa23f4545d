import { entries } from './entries';

// One page for every chart; `#name` shows that one alone.
const wanted = location.hash.slice(1);
for (const { name, draw } of entries) {
  if (wanted && wanted !== name) continue;
  const section = document.createElement('section');
  section.id = name;
  section.append(draw());
  document.body.append(section);
}
