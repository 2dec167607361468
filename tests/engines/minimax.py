"""The polynomials in src/engines/wasm/math/: coefficients that make the largest error as small as it can be.

Each is found by Remez's algorithm. For float32 the coefficients are then rounded one by one, lowest order first, and those
still to come fitted anew, so that they make up for what the others lost; in float64 rounding costs nothing to speak of.
Prints the coefficients and the largest error, weighted so that it is relative to the function's result.

Run: python3 minimax.py (needs mpmath; takes a minute)
"""

import struct
from mpmath import cos, erf, erfc, expm1, log, lu_solve, matrix, mp, mpf, pi, sin, sqrt

mp.dps = 70


def remez(f, weight, low, high, exponents):
    """The c[i] in sum(c[i] * x**exponents[i]) for which the largest weight(x) * |f(x) - sum| is smallest."""
    count = len(exponents) + 1
    points = [(low + high - (high - low) * cos(pi * (2 * i + 1) / (2 * count))) / 2 for i in range(count)]
    grid = [(low + high - (high - low) * cos(pi * k / 800)) / 2 for k in range(801)]
    for _ in range(12):
        rows = [[x**e for e in exponents] + [(-1) ** i / weight(x)] for i, x in enumerate(points)]
        *c, error = lu_solve(matrix(rows), matrix([f(x) for x in points]))
        peaks = []  # the largest error between one change of sign and the next
        for x in grid:
            at = weight(x) * (f(x) - sum(a * x**e for a, e in zip(c, exponents)))
            if not peaks or (at > 0) != (peaks[-1][1] > 0):
                peaks.append((x, at))
            elif abs(at) > abs(peaks[-1][1]):
                peaks[-1] = (x, at)
        while len(peaks) > count:
            peaks.pop(0 if abs(peaks[0][1]) < abs(peaks[-1][1]) else -1)
        if len(peaks) < count or max(abs(e) for _, e in peaks) < abs(error) * mpf("1.001"):
            break
        points = [x for x, _ in peaks]
    return c


def least_squares(f, weight, low, high, exponents):
    """As `remez`, for the sum of squares of the errors at Chebyshev's points: nearly the same, and it never fails."""
    points = [(low + high - (high - low) * cos(pi * (2 * i + 1) / 200)) / 2 for i in range(100)]
    rows = matrix([[weight(x) * x**e for e in exponents] for x in points])
    return lu_solve(rows, matrix([weight(x) * f(x) for x in points]))


def fit(name, f, weight, low, high, degree, bits):
    low, high, exponents = mpf(low), mpf(high), list(range(degree + 1))
    c = list(remez(f, weight, low, high, exponents))
    if bits == 64:
        c = [mpf(float(a)) for a in c]
    else:
        for done in range(degree + 1):
            known = [mpf(struct.unpack("f", struct.pack("f", float(a)))[0]) for a in c[: done + 1]]
            rest = lambda x: f(x) - sum(a * x**e for e, a in enumerate(known))
            c = known + (list(least_squares(rest, weight, low, high, exponents[done + 1 :])) if done < degree else [])
    points = [low + (high - low) * k / 2000 for k in range(2001)]
    error = max(weight(x) * abs(f(x) - sum(a * x**e for e, a in enumerate(c))) for x in points)
    print(f"{name}, float{bits}, within 2^{float(log(error, 2)):.1f}:")
    print("  " + ", ".join(repr(float(a)) if bits == 64 else f"{float(a):.9g}" for a in c), flush=True)


def near_zero(f, limit, below="1e-12"):
    """f, and its limit where the formula would divide nothing by nothing."""
    return lambda x: f(x) if abs(x) > mpf(below) else mpf(limit)


LN2 = log(mpf(2))
HALF = LN2 / 2 * mpf("1.0001")
S2 = ((sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1)) ** 2 * mpf("1.0001")
QUARTER2 = (pi / 4) ** 2 * mpf("1.0001")
tiny = mpf("1e-5")  # so that no weight is 0

if __name__ == "__main__":
    p = near_zero(lambda r: (expm1(r) - r - r**2 / 2) / r**3, mpf(1) / 6)
    for degree, bits in ((3, 32), (9, 64)):
        fit("exponent.ts, relative to e^r - 1", p, lambda r: r**2 + tiny, -HALF, HALF, degree, bits)

    def log_r(z):
        s = sqrt(z)
        return (log((1 + s) / (1 - s)) - 2 * s) / s**3

    for degree, bits in ((2, 32), (6, 64)):
        fit("log.ts", near_zero(log_r, mpf(2) / 3), lambda z: z / 2 + tiny, 0, S2, degree, bits)
    pair = near_zero(lambda z: (log_r(z) * mpf(3) / 2 - 1) / z, mpf(3) / 5)
    fit("pow.ts", pair, lambda z: z**2 / 3 + tiny**2, 0, S2, 7, 64)

    sine = near_zero(lambda z: (sin(sqrt(z)) / sqrt(z) - 1) / z, -mpf(1) / 6)
    cosine = near_zero(lambda z: (cos(sqrt(z)) - 1 + z / 2) / z**2, mpf(1) / 24)
    for degree, bits in ((2, 32), (5, 64)):
        fit("sine.ts, sine", sine, lambda z: z + tiny, 0, QUARTER2, degree, bits)
        fit("sine.ts, cosine", cosine, lambda z: z**2 + tiny, 0, QUARTER2, degree, bits)

    near = near_zero(lambda z: erf(sqrt(z)) / sqrt(z) - 1, 2 / sqrt(pi) - 1, "1e-24")
    for degree, bits, centre, large in ((6, 32, 0, 4), (17, 64, 1, 6)):
        fit("erf.ts, near", near, lambda z: mpf(1), 0, 1, 6 if bits == 32 else 11, bits)
        far = lambda u: log(erfc(u + centre))
        fit("erf.ts, far", far, lambda u: erfc(u + centre), 1 - centre, large - centre, degree, bits)
