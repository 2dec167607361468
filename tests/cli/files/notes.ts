// The notes' neuron in TypeScript
export class AffineFunction {
  w: number[];
  b: number;
  x: number[] = [];
  constructor() {
    this.w = [Math.random() - 0.5, Math.random() - 0.5];
    this.b = Math.random() - 0.5;
  }
  forward(x: number[]): number {
    this.x = x;
    return x[0]! * this.w[0]! + x[1]! * this.w[1]! + this.b;
  }
  backward(dJ_dz: number, lr: number): void {
    this.w = this.w.map((w, i) => w - lr * this.x[i]! * dJ_dz);
    this.b -= lr * dJ_dz;
  }
}

export class Sigmoid {
  private a: number = 0;
  forward(z: number): number {
    this.a = 1 / (1 + Math.exp(-z));
    return this.a;
  }
  backward(dJ_dp: number): number {
    return this.a * (1 - this.a) * dJ_dp;
  }
}

export class BCELoss {
  call(p: number, y: number): [number, number] {
    const J = -(y * Math.log(p + 1e-7) + (1 - y) * Math.log(1 - p + 1e-7));
    const dJ_dp = (p - y) / (p + 1e-7 * (1 - p + 1e-7));
    return [J, dJ_dp];
  }
}

export class Model {
  affine = new AffineFunction();
  sigmoid = new Sigmoid();
  forward(x: number[]): number {
    return this.sigmoid.forward(this.affine.forward(x));
  }
  backward(dJ_dp: number, lr: number): [number[], number] {
    const dJ_dz = this.sigmoid.backward(dJ_dp);
    const [w, b] = this.affine.backward(dJ_dz, lr) as unknown as [number[], number];
    return [w, b];
  }
}
