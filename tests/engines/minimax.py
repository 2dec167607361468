"""The coefficients in src/engines/wasm/math/: polynomials whose largest error is as small as it can be (Remez's algorithm).

Coefficients are rounded to the machine's numbers one by one, lowest order first; what follows makes up for what each lost.
Run: python3 minimax.py (needs mpmath). It prints the coefficients, and how large the weighted error is.
"""

import struct
from mpmath import mp, mpf, matrix, lu_solve, exp, expm1, log, sqrt, sin, cos, erf, erfc, pi, cosh

mp.dps = 60


def rounded(x, double):
    return mpf(float(x)) if double else mpf(struct.unpack("f", struct.pack("f", float(x)))[0])


def remez(f, weight, low, high, exponents):
    """Coefficients c of the minimax polynomial sum of c[i] * x**exponents[i], and its weighted error."""
    count = len(exponents) + 1
    points = [(low + high) / 2 - (high - low) / 2 * mp.cos(pi * (2 * i + 1) / (2 * count)) for i in range(count)]
    for _ in range(30):
        system = matrix(count, count)
        right = matrix(count, 1)
        for i, x in enumerate(points):
            for j, e in enumerate(exponents):
                system[i, j] = x**e
            system[i, count - 1] = (-1) ** i / weight(x)
            right[i] = f(x)
        try:
            solution = lu_solve(system, right)
        except ZeroDivisionError:
            return c, largest  # two peaks fell together: there is nothing left to gain
        c = [solution[j] for j in range(count - 1)]
        error = lambda x: weight(x) * (f(x) - sum(a * x**e for a, e in zip(c, exponents)))
        grid = [low + (high - low) * (1 - mp.cos(pi * k / 600)) / 2 for k in range(601)]
        values = [error(x) for x in grid]
        peaks = []  # the largest error between two changes of sign
        for x, v in zip(grid, values):
            if peaks and (v > 0) == (peaks[-1][1] > 0):
                if abs(v) > abs(peaks[-1][1]):
                    peaks[-1] = (x, v)
            else:
                peaks.append((x, v))
        while len(peaks) > count:
            peaks.pop(0 if abs(peaks[0][1]) < abs(peaks[-1][1]) else -1)
        largest = max(abs(v) for v in values)
        if len(peaks) < count or largest < abs(solution[count - 1]) * mpf("1.0001"):
            return c, largest
        points = [x for x, _ in peaks]
    return c, largest


def fit(name, f, weight, low, high, degree, double, step=1):
    """Prints the coefficients of a minimax polynomial in x**step, each rounded."""
    low, high = mpf(low), mpf(high)
    fixed, rest = [], list(range(0, (degree + 1) * step, step))
    remainder = f
    while rest:
        if not double or not fixed:
            c, error = remez(remainder, weight, low, high, rest)
        else:
            c = c[1:]
        a, e = rounded(c[0], double), rest.pop(0)
        fixed.append(a)
        remainder = lambda x, known=tuple(fixed): f(x) - sum(k * x ** (i * step) for i, k in enumerate(known))
    grid = [low + (high - low) * k / 1000 for k in range(1001)]
    final = max(abs(weight(x) * remainder(x)) for x in grid)
    print(f"{name}: 2^{float(log(final, 2)):.1f}")
    print("  " + ", ".join((repr(float(a)) if double else f"{float(a):.9g}") for a in fixed))
    return fixed


def q(r):  # (e^r - 1 - r) / r^2
    return (expm1(r) - r) / r**2 if abs(r) > mpf("1e-15") else mpf(1) / 2


def log_r(s):  # log((1 + s) / (1 - s)) = 2s + s * (s^2 log_r(s))
    return (log((1 + s) / (1 - s)) - 2 * s) / s**3 if abs(s) > mpf("1e-12") else mpf(2) / 3


def sin_r(x):
    return (sin(x) - x) / x**3 if abs(x) > mpf("1e-12") else mpf(-1) / 6


def cos_r(x):
    return (cos(x) - 1 + x**2 / 2) / x**4 if abs(x) > mpf("1e-9") else mpf(1) / 24


LN2_HALF = log(mpf(2)) / 2 * mpf("1.0001")
S = (sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1) * mpf("1.0001")
QUARTER = pi / 4 * mpf("1.0001")
if __name__ == "__main__":
    for degree, double in ((4, False), (9, True), (10, True)):
        fit(f"exp {degree}", q, lambda r: abs(r) + mpf("1e-3"), -LN2_HALF, LN2_HALF, degree, double)
    for degree, double in ((2, False), (3, False), (6, True), (5, True)):
        fit(f"log {degree}", log_r, lambda s: s**2 / 2 + mpf("1e-6"), mpf(0), S, degree, double, 2)
    for degree, double in ((2, False), (3, False), (5, True)):
        fit(f"sin {degree}", sin_r, lambda x: x**3 / sin(x) if x else mpf(0)+mpf("1e-6"), mpf(0), QUARTER, degree, double, 2)
    for degree, double in ((2, False), (3, False), (5, True)):
        fit(f"cos {degree}", cos_r, lambda x: x**4 / cos(x)+ mpf("1e-6"), mpf(0), QUARTER, degree, double, 2)
