// What this machine can do: multiply-adds on vectors of LANES floats, and bytes a second from memories of several sizes.
// Prints JSON.

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef float vec __attribute__((vector_size(4 * LANES)));

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

enum { SUMS = 12 }; // enough to hide the latency of an addition after a multiplication

static double gigaflops(long n) {
  vec sums[SUMS], factor, term;
  for (int i = 0; i < LANES; i++) factor[i] = 0.999f, term[i] = 1e-3f * i;
  for (int i = 0; i < SUMS; i++) sums[i] = factor + (float)i; // all different, so that none is left out
  double begun = now();
  for (long step = 0; step < n; step++)
    for (int i = 0; i < SUMS; i++) sums[i] = sums[i] * factor + term;
  double seconds = now() - begun;
  volatile float keep = 0;
  for (int i = 0; i < SUMS; i++) keep += sums[i][0];
  return 2.0 * LANES * SUMS * n / seconds / 1e9;
}

/** Gigabytes a second of `a[i] += s * b[i]`, which reads both and writes one. */
static double bandwidth(long bytes) {
  long count = bytes / 2 / sizeof(float) / 16 * 16;
  float *a = aligned_alloc(64, count * sizeof(float)), *b = aligned_alloc(64, count * sizeof(float));
  for (long i = 0; i < count; i++) a[i] = b[i] = 1;
  long repeats = 40000000 / bytes + 1;
  double begun = now();
  for (long r = 0; r < repeats; r++) {
    for (long i = 0; i < count; i++) a[i] += 1e-9f * b[i];
    __asm__ volatile("" ::: "memory");
  }
  double seconds = now() - begun;
  free(a), free(b);
  return 3.0 * sizeof(float) * count * repeats / seconds / 1e9;
}

/** The best of many short attempts: the machine when nobody else wants it. */
static double best(double measure(long), long size) {
  double most = 0;
  for (int i = 0; i < 20; i++) {
    double found = measure(size);
    if (found > most) most = found;
  }
  return most;
}

int main(void) {
  printf("{\"gigaflops\":%g,\"bandwidth\":[", best(gigaflops, 1L << 22));
  const char *comma = "";
  for (long bytes = 1 << 14; bytes <= 1 << 28; bytes *= 4, comma = ",")
    printf("%s[%ld,%g]", comma, bytes, best(bandwidth, bytes));
  printf("]}\n");
}
