// smartrust's worker: reads `scenario warmUpMillis millis` lines from stdin and answers each
// with a line of JSON, as the Java workers do. Node has one thread for JavaScript, so there
// is nothing that could block for an answer, nor a second thread to send from.
//
// usage: worker.mjs smartrust-stdio|smartrust-socket FOLDER-OF-DAEMONS

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { RustBridge } from '@push.rocks/smartrust';
import { Histogram } from './histogram.mjs';

const MIB = 1024 * 1024;
const CHUNKS = 1_000_000;
const CHUNK_TEXT = 16;
const TEXT = 'the quick brown fox';
const TIMED_ONE_IN = 8;
const TICK_NANOS = 10_000_000;

const [, , name, folder] = process.argv;
const binaryPath = join(folder, 'bench-classic');

async function open() {
  const options = { binaryName: 'bench-classic', binaryPath };
  if (name === 'smartrust-stdio') {
    const bridge = new RustBridge(options);
    check(await bridge.spawn(), 'the daemon did not start');
    const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'ascii').trim().split(' ');
    return { bridge, daemonPid: children[0], close: () => bridge.kill() };
  }
  const home = mkdtempSync(join(tmpdir(), 'bench'));
  const socket = join(home, 'socket');
  const daemon = spawn(binaryPath, ['--socket', socket], { stdio: ['ignore', 'ignore', 'inherit'] });
  while (!existsSync(socket)) await sleep(5);
  const bridge = new RustBridge(options);
  check(await bridge.connect(socket), 'the daemon was not reached');
  const close = () => {
    bridge.kill();
    daemon.kill('SIGKILL');
    rmSync(home, { recursive: true });
  };
  return { bridge, daemonPid: daemon.pid, close };
}

function check(right, otherwise) {
  if (!right) throw new Error(otherwise);
}

function blob(size) {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz';
  return alphabet.repeat(Math.floor(size / alphabet.length) + 1).slice(0, size);
}

const { bridge, daemonPid, close } = await open();

/** Calls in flight, each repeated where its answer arrives. */
async function inFlight(lanes, millis) {
  const times = new Histogram();
  const start = performance.now();
  let running = true;
  const timedOneIn = lanes === 1 ? 1 : TIMED_ONE_IN;
  const lane = async (seq) => {
    const ask = { seq, text: TEXT };
    let calls = 0;
    do {
      const timed = calls++ % timedOneIn === 0;
      const sentAt = timed ? performance.now() : 0;
      const reply = await bridge.sendCommand('echo', ask);
      if (timed) {
        const now = performance.now();
        times.record(now - sentAt);
        // a timer would starve while answers keep coming
        if (now - start >= millis) running = false;
      }
      check(reply.seq === seq && reply.text === TEXT, 'the echo is another');
    } while (running);
    return calls;
  };
  const counts = await Promise.all(Array.from({ length: lanes }, (_, seq) => lane(seq)));
  return { calls: counts.reduce((a, b) => a + b), millis: performance.now() - start, times };
}

/** One after the other; `each` is what one counts for. */
async function oneByOne(each, millis, once) {
  const times = new Histogram();
  const start = performance.now();
  let calls = 0;
  let now = start;
  do {
    await once();
    const end = performance.now();
    times.record(end - now);
    now = end;
    calls += each;
  } while (now - start < millis);
  return { calls, millis: now - start, times };
}

async function stream() {
  const text = blob(CHUNK_TEXT);
  const response = bridge.sendCommandStreaming('stream', { count: CHUNKS, size: CHUNK_TEXT });
  let next = 0;
  for await (const tick of response) {
    check(tick.n === next && tick.text === text, `expected chunk ${next}, got ${tick.n}`);
    next++;
  }
  check(next === CHUNKS && (await response.result).count === CHUNKS, 'chunks are missing');
}

async function result(size, expected) {
  check((await bridge.sendCommand('result', { size })).text === expected, 'the text is another');
}

async function params(text) {
  check((await bridge.sendCommand('sink', { text })).size === text.length, 'the daemon got another size');
}

function run(scenario, millis) {
  switch (scenario) {
    case 'seq':
      return inFlight(1, millis);
    case 'stream':
      return oneByOne(CHUNKS, millis, stream);
    case 'result-16m':
    case 'result-40m': {
      const size = (scenario === 'result-16m' ? 16 : 40) * MIB;
      const expected = blob(size);
      return oneByOne(1, millis, () => result(size, expected));
    }
    case 'params-16m': {
      const text = blob(16 * MIB);
      return oneByOne(1, millis, () => params(text));
    }
    default:
      check(scenario.startsWith('flight-'), `no such scenario here: ${scenario}`);
      return inFlight(Number(scenario.slice('flight-'.length)), millis);
  }
}

function cpuNanos(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'ascii');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_NANOS;
}

async function measure(scenario, warmUp, millis) {
  if (warmUp > 0) await run(scenario, warmUp);
  const [host, daemon] = [cpuNanos('self'), cpuNanos(daemonPid)];
  const tally = await run(scenario, millis);
  return {
    calls: tally.calls,
    nanos: Math.round(tally.millis * 1e6),
    p50Nanos: tally.times.percentile(0.5),
    p99Nanos: tally.times.percentile(0.99),
    hostCpuNanos: cpuNanos('self') - host,
    daemonCpuNanos: cpuNanos(daemonPid) - daemon,
    allocatedBytes: -1,
    failure: null,
  };
}

const failed = (e) => ({
  calls: 0, nanos: 0, p50Nanos: 0, p99Nanos: 0, hostCpuNanos: 0, daemonCpuNanos: 0, allocatedBytes: -1,
  failure: String(e),
});

console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  const [scenario, warmUp, millis] = line.split(' ');
  const sample = await measure(scenario, Number(warmUp), Number(millis)).catch(failed);
  console.log(JSON.stringify(sample));
}
close();
