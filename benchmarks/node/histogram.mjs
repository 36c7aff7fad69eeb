// Times in nanoseconds, to within 1 %: the same buckets as the Java side has.

const SUB_BITS = 7;
const SUB_BUCKETS = 1 << SUB_BITS;

export class Histogram {
  #buckets = new Float64Array((53 - SUB_BITS + 1) * SUB_BUCKETS);
  #total = 0;

  record(millis) {
    this.#buckets[bucket(millis * 1e6)]++;
    this.#total++;
  }

  percentile(part) {
    const rank = Math.ceil(this.#total * part);
    let seen = 0;
    for (let i = 0; i < this.#buckets.length && this.#total > 0; i++) {
      seen += this.#buckets[i];
      if (seen >= rank) return middle(i);
    }
    return 0;
  }
}

function bucket(nanos) {
  if (nanos < SUB_BUCKETS) return Math.max(Math.floor(nanos), 0);
  const shift = Math.floor(Math.log2(nanos)) - SUB_BITS;
  return shift * SUB_BUCKETS + Math.floor(nanos / 2 ** shift);
}

function middle(bucket) {
  if (bucket < 2 * SUB_BUCKETS) return bucket;
  const shift = Math.floor(bucket / SUB_BUCKETS) - 1;
  return Math.round(((bucket % SUB_BUCKETS) + SUB_BUCKETS + 0.5) * 2 ** shift);
}
