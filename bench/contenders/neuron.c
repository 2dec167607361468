// The yardstick: the neuron's loop by hand. One step is a sigmoid, a loss, a derivative and three updates.
// Told what to do by lines of JSON, as child.ts has it.

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double *x, *labels, w[2], b, lr, total;
static long samples;

static char *read_file(const char *folder, const char *name, long *size) {
  char path[4200];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "rb");
  if (!file) exit(1);
  fseek(file, 0, SEEK_END);
  *size = ftell(file);
  rewind(file);
  char *bytes = calloc(1, *size + 1);
  if (fread(bytes, 1, *size, file) != (size_t)*size) exit(1);
  fclose(file);
  return bytes;
}

static void prepare(const char *folder) {
  long size;
  char *work = read_file(folder, "problem.json", &size);
  sscanf(strstr(work, "\"learningRate\":"), "\"learningRate\":%lf", &lr);
  x = (double *)read_file(folder, "X.f64", &size);
  labels = (double *)read_file(folder, "labels.f64", &size);
  samples = size / sizeof *labels;
  double *parameters = (double *)read_file(folder, "parameters.f64", &size);
  w[0] = parameters[0], w[1] = parameters[1], b = parameters[2];
}

static double loss(double p, double y) { return -(y * log(p) + (1 - y) * log(1 - p)); }

static double forward(long i) { return 1 / (1 + exp(-(x[2 * i] * w[0] + x[2 * i + 1] * w[1] + b))); }

static void steps(long n) {
  for (long step = 0, i = 0; step < n; step++) {
    double y = labels[i], p = forward(i);
    total += loss(p, y);
    double dJ_dp = (p - y) / (p * (1 - p));
    double dJ_dz = p * (1 - p) * dJ_dp;
    w[0] -= lr * x[2 * i] * dJ_dz;
    w[1] -= lr * x[2 * i + 1] * dJ_dz;
    b -= lr * dJ_dz;
    if (++i == samples) i = 0;
  }
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

int main(void) {
  char line[4200], folder[4100];
  long n;
  while (fgets(line, sizeof line, stdin)) {
    double begun = now();
    if (sscanf(line, "{\"prepare\":\"%4095[^\"]\"", folder) == 1) prepare(folder);
    else if (sscanf(line, "{\"steps\":%ld", &n) == 1) steps(n);
    else {
      printf("{\"loss\":%.17g}\n", loss(forward(0), labels[0]));
      fflush(stdout);
      continue;
    }
    printf("{\"ms\":%.9g,\"total\":%g}\n", now() - begun, total);
    fflush(stdout);
  }
}
