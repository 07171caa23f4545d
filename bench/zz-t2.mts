import { openApp, untilKept, openNotebook, notebook, fence } from './app-page';
import { ordersCsv } from './data';
const what = process.argv[2];
const app = await openApp(process.env.DIST ?? '/work/main/dist');
const { page } = app;
await untilKept(page);
if (what === 'ts') {
  const address = page.url().replace(/#.*/, '');
  await page.goto('about:blank'); await page.goto(address); await page.locator('.empty').waitFor();
  await openNotebook(page, notebook(fence('ts', 'heavy', 'let sum = 0; for (let i = 0; i < 3e8; i++) sum += Math.sqrt(i % 7); sum')));
  await page.waitForTimeout(1500);
}
const cdp = await page.context().newCDPSession(page);
const events: any[] = [];
cdp.on('Tracing.dataCollected', (e: any) => events.push(...e.value));
await cdp.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['devtools.timeline', 'blink', 'v8', 'cc', 'toplevel', 'blink.user_timing', ...(process.env.CPU ? ['disabled-by-default-v8.cpu_profiler'] : [])] } } as any);
await cdp.send('Profiler.enable'); await cdp.send('Profiler.setSamplingInterval', { interval: 300 }); 
if (what === 'ts') { await page.locator('.trust button.primary').click(); await page.waitForFunction(() => document.querySelector('#heavy.ok'), undefined, { polling: 250, timeout: 100000 }); }
else { await page.locator('input[type=file]').first().setInputFiles(ordersCsv(1_300_000)); await page.waitForFunction(() => document.querySelector('[aria-label^="Columns of"]'), undefined, { polling: 250, timeout: 100000 }); }
await page.waitForTimeout(700);
const profile: any = { nodes: [], samples: [], timeDeltas: [], startTime: 0 };
const done = new Promise((r) => cdp.once('Tracing.tracingComplete', r));
await cdp.send('Tracing.end'); await done; await app.close();
const names = new Map<string, string>();
for (const e of events) if (e.name === 'thread_name') names.set(`${e.pid}:${e.tid}`, e.args.name);
let best = ''; let most = 0;
for (const [k, n] of names) if (n === 'CrRendererMain') { const c = events.filter((e) => `${e.pid}:${e.tid}` === k && e.name === 'FunctionCall').length; if (c > most) { most = c; best = k; } }
const main = events.filter((e) => `${e.pid}:${e.tid}` === best && e.ph === 'X').sort((a, b) => a.ts - b.ts || b.dur - a.dur);
const t0 = main[0].ts;
const tasks = main.filter((e) => e.name.endsWith('RunTask') && e.dur > 45_000);
const top = tasks.filter((t) => !tasks.some((o) => o !== t && o.ts <= t.ts && o.ts + o.dur >= t.ts + t.dur && o.dur > t.dur));
for (const t of top) {
  const inside = main.filter((e) => e.ts >= t.ts && e.ts + e.dur <= t.ts + t.dur && e !== t);
  const self = new Map<string, [number, number]>(); const stack: any[] = [];
  for (const e of inside) {
    while (stack.length && stack.at(-1).ts + stack.at(-1).dur <= e.ts) stack.pop();
    const p = stack.at(-1); if (p) { const s = self.get(p.label)!; s[0] -= e.dur; s[1] -= e.tdur ?? 0; }
    e.label = e.name === 'FunctionCall' ? `Fn ${e.args?.data?.functionName}@${String(e.args?.data?.url).split('/').pop()}:${e.args?.data?.lineNumber}:${e.args?.data?.columnNumber}` : e.name;
    const s = self.get(e.label) ?? [0, 0]; s[0] += e.dur; s[1] += e.tdur ?? 0; self.set(e.label, s); stack.push(e);
  }
  console.log(`\nTASK at ${((t.ts - t0) / 1000).toFixed(0)} ms: ${(t.dur / 1000).toFixed(0)} ms wall, ${((t.tdur ?? 0) / 1000).toFixed(0)} ms cpu`);
  for (const [n, [d, c]] of [...self].sort((a, b) => b[1][0] - a[1][0]).slice(0, 9)) console.log('   ', (d / 1000).toFixed(1).padStart(7), (c / 1000).toFixed(1).padStart(7), n);
}

{
  const byId = new Map(profile.nodes.map((n: any) => [n.id, n])); const parent = new Map<number, number>();
  for (const n of profile.nodes as any[]) for (const c of n.children ?? []) parent.set(c, n.id);
  let at = profile.startTime; const times = profile.timeDeltas!.map((d: number) => (at += d));
  for (const t of top) {
    const total = new Map<string, number>();
    profile.samples!.forEach((id: number, i: number) => {
      if (times[i] < t.ts || times[i] > t.ts + t.dur) return;
      const d = profile.timeDeltas![i]; const seen = new Set<string>();
      for (let x: number | undefined = id; x !== undefined; x = parent.get(x)) { const f: any = byId.get(x)!; const k = `${f.callFrame.functionName || 'anon'} ${f.callFrame.url.split('/').pop()}:${f.callFrame.lineNumber + 1}`; if (!seen.has(k)) { seen.add(k); total.set(k, (total.get(k) ?? 0) + d); } }
    });
    console.log(`\nPROFILE of task at ${((t.ts - t0) / 1000).toFixed(0)}`);
    for (const [k, d] of [...total].sort((a, b) => b[1] - a[1]).slice(0, 45)) console.log((d / 1000).toFixed(1).padStart(8), k);
  }
}
