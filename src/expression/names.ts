// What is in a name: a Greek letter, an index, or a derivative.

const GREEK: Readonly<Record<string, string>> = {
  ...{
    alpha: 'α',
    beta: 'β',
    gamma: 'γ',
    delta: 'δ',
    epsilon: 'ε',
    zeta: 'ζ',
    eta: 'η',
    theta: 'θ',
    iota: 'ι',
  },
  ...{
    kappa: 'κ',
    lambda: 'λ',
    mu: 'μ',
    nu: 'ν',
    xi: 'ξ',
    pi: 'π',
    rho: 'ρ',
    sigma: 'σ',
    tau: 'τ',
    upsilon: 'υ',
  },
  ...{ phi: 'φ', chi: 'χ', psi: 'ψ', omega: 'ω', Gamma: 'Γ', Delta: 'Δ', Theta: 'Θ', Lambda: 'Λ', Xi: 'Ξ' },
  ...{ Pi: 'Π', Sigma: 'Σ', Phi: 'Φ', Psi: 'Ψ', Omega: 'Ω' },
};

/** A name taken apart: `w12` into stem and index, `dJ_dz` into what is differentiated and by what. */
export type NameParts =
  | { readonly of: string; readonly by: string }
  | { readonly stem: string; readonly index: string | undefined };

/** The Greek letter of a name such as `alpha`. */
export function greekLetter(name: string): string | undefined {
  return Object.hasOwn(GREEK, name) ? GREEK[name] : undefined;
}

/** Takes a name apart for setting it as mathematics. */
export function splitName(name: string): NameParts {
  const [, of, by] = /^d([^\s_]\S*?)_d(\S+)$/u.exec(name) ?? [];
  if (of !== undefined && by !== undefined) return { of, by };
  const [, stem, index] = /^(.*?[^\d_])_?(\d+)$/u.exec(name) ?? [];
  return { stem: stem ?? name, index };
}
