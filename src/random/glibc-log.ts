// The logarithm as glibc's libm rounds it. NumPy's normal draws go through it, and JavaScript's own Math.log differs in the
// last bit for 7 arguments in 100; even a correctly rounded logarithm does for 1 in 1,200.
//
// The method is that of Arm's Optimized Routines, which glibc has used since 2.28: a table brings the argument close to 1, a
// polynomial does the rest, and each step is a fused multiply-add, as on any x86-64 processor since 2013 (on older ones
// NumPy itself rounds 1 logarithm in 10,000 differently). The constants are those that libm.so.6 of Debian 12 computes with;
// Arm publishes them under the MIT licence.

const LN2_HIGH = 0.6931471805598903; // k · LN2_HIGH is exact for every exponent k
const LN2_LOW = 5.497923018708371e-14;

/** log(1 + r) ≈ r + A₀r² + A₁r³ + … for |r| < 2⁻⁷ or so: what the table leaves. */
const A = [
  -0.5000000000000001, 0.33333333331825593, -0.2499999999622955, 0.20000304511814496, -0.16667054827627667,
] as const;

/** log(1 + r) ≈ r + B₀r² + B₁r³ + … for arguments so close to 1 that the table would cost digits. */
const B = [
  -0.5, 0.3333333333333352, -0.24999999999998432, 0.19999999999320328, -0.16666666669929706,
  0.14285715076560868, -0.12499997863982555, 0.11110712032936046, -0.10000486757818193, 0.09181994006195467,
  -0.08328363062289341,
] as const;

/**
 * [0.6875, 1.375) is cut into 128 parts, each with a point c near its centre that has a logarithm within 2⁻⁶⁵ of a multiple
 * of 2⁻⁴³: so near that k · ln 2 + log c adds up without rounding. Listed is how many units in the last place 1/c lies from
 * 1/centre.
 */
// prettier-ignore
const OFFSETS = [
  -23142382, -57643754, -234334839, -124664804, 19045012, -123323398, -501163255, 342479926,
  -234593306, 57421184, 513617488, -240891478, 85169741, 28659150, 284053799, 342563057, -68420459,
  -346144712, -90113766, -464022980, 285342708, -489548825, 376054848, 47397812, -423637851,
  -260988534, 336107021, 448241578, 154177355, 447893384, 241227555, -420636714, -218426730,
  -96876684, -205835218, -368178198, -345128710, -510284502, 481763731, 209336112, 429336310,
  15489329, 442353177, -417834330, 73183371, 515232680, 507984536, 83787275, 330409952, 151596684,
  377744204, 198302857, 214798271, -345957716, 356163107, 215510022, -229897960, -131709726,
  215213618, -464519207, -332821996, 385780520, -400344786, 256208139, 478356527, 345720337,
  128466877, 217515751, -162048343, 295127580, -235892775, -69369347, 93666841, -272860130, 91915174,
  29018059, 258893229, 386009280, -241633007, 68399381, 386341370, 408940642, 65060217, -120872168,
  189498853, -32395328, -49955913, 154042178, -346113480, 148348366, -396488327, -427431396,
  107119491, -500798201, 212184347, 305888811, -330297730, -91422864, 6707636, 273897542, -512931067,
  -500150233, 485589437, -280752730, 106848032, 30953893, -291342514, -408884927, 149302919,
  -107851081, 225432558, 460497078, -452391632, -490679353, 508304210, 493208081, 336502878,
  526975298, -457361038, -312310462, -365194252, -421357131, 362015322, 310793228, -441535439,
  -69145545, -528727990, 433364383,
];

const TABLE = OFFSETS.map((offset, i) => {
  const centre = i < 80 ? 0.6875 + (i + 0.5) / 256 : 1 + (i - 79.5) / 128;
  const unit = centre < 1 ? 2 ** -52 : 2 ** -53;
  const inverse = 1 / centre + offset * unit; // 1/c
  return { inverse, log: Math.round(-Math.log(inverse) * 2 ** 43) / 2 ** 43 };
});

/**
 * The natural logarithm of a positive, finite number. Equals C's `log` in glibc 2.28 and later, in every bit.
 *
 * @example
 * glibcLog(0.5); // -0.6931471805599453
 */
export function glibcLog(x: number): number {
  if (x >= 1 - 2 ** -4 && x < 1 + 265 / 2 ** 12) return logNearOne(x);
  let z = x; // x = 2ᵏz
  let k = 0;
  for (; z < 0.6875; k--) z *= 2;
  for (; z >= 1.375; k++) z /= 2;
  const { inverse, log: log_c } = TABLE[Math.floor(z < 1 ? (z - 0.6875) * 256 : (z - 1) * 128 + 80)]!;
  const r = fma(z, inverse, -1); // z/c - 1
  const r2 = r * r;
  const whole = k * LN2_HIGH + log_c;
  const high = whole + r;
  const low = fma(k, LN2_LOW, whole - high + r); // what `high` rounded away, and the rest of k · ln 2
  const tail = fma(fma(r, A[4], A[3]), r2, fma(r, A[2], A[1]));
  return fma(r * r2, tail, fma(r2, A[0], low)) + high;
}

function logNearOne(x: number): number {
  const r = x - 1;
  const r2 = r * r;
  const r3 = r * r2;
  const last = fma(r3, B[10], fma(r2, B[9], fma(r, B[8], B[7])));
  const middle = fma(last, r3, fma(r2, B[6], fma(r, B[5], B[4])));
  const tail = fma(middle, r3, fma(r2, B[3], fma(r, B[2], B[1])));
  // r - r²/2 in two parts: the square of the upper half of r's bits is exact.
  const shifted = r * 2 ** 27;
  const upper = r + shifted - shifted;
  const high = r + upper * upper * B[0];
  const low = fma(B[0] * (r - upper), r + upper, r - high + upper * upper * B[0]);
  return fma(tail, r3, low) + high;
}

/** a · b + c, rounded once (but for sums within 2⁻⁵⁰ of a tie), by Dekker's exact product and Knuth's exact sum. */
function fma(a: number, b: number, c: number): number {
  const product = a * b;
  const aShifted = a * 134217729; // 2²⁷ + 1 cuts 53 bits into two halves
  const aHigh = aShifted - (aShifted - a);
  const aLow = a - aHigh;
  const bShifted = b * 134217729;
  const bHigh = bShifted - (bShifted - b);
  const bLow = b - bHigh;
  const productError = aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
  const sum = product + c;
  const fromC = sum - product;
  const sumError = product - (sum - fromC) + (c - fromC);
  return sum + (sumError + productError);
}
