#!/usr/bin/env python3
"""Burgers' residual and the gradient of its mean square in JAX: jit of vmap over trials, the same work as `bench gpu`.

One JSON object a line. Options: --widths 50,128 --lanes 1,2,4 --points 2048 --seconds 0.7 --precision float32,float64
"""
import argparse
import json
import math
import time


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--widths", default="50,128")
    parser.add_argument("--lanes", default="1,8,32,128,512")
    parser.add_argument("--points", type=int, default=2048)
    parser.add_argument("--seconds", type=float, default=0.7)
    parser.add_argument("--precision", default="float32,float64")
    options = parser.parse_args()

    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    jax.config.update("jax_default_matmul_precision", "highest")

    def network(parameters, x):
        for weight, bias in parameters[:-1]:
            x = jnp.tanh(weight @ x + bias)
        weight, bias = parameters[-1]
        return (weight @ x + bias)[0]

    def residual(parameters, point):
        along_x = jnp.array([1, 0], point.dtype)
        along_t = jnp.array([0, 1], point.dtype)
        u = lambda q: network(parameters, q)
        u_x = lambda q: jax.jvp(u, (q,), (along_x,))[1]
        value, u_t = jax.jvp(u, (point,), (along_t,))
        first, second = jax.jvp(u_x, (point,), (along_x,))
        return u_t + value * first - 0.01 / math.pi * second

    def loss(parameters, points):
        return jnp.mean(jax.vmap(lambda point: residual(parameters, point))(points) ** 2)

    step = jax.jit(jax.vmap(jax.value_and_grad(loss)))
    for width in map(int, options.widths.split(",")):
        for precision in options.precision.split(","):
            for lanes in map(int, options.lanes.split(",")):
                key = jax.random.PRNGKey(1)
                sizes = [2, width, width, width, width, 1]
                parameters = []
                for inner, outer in zip(sizes, sizes[1:]):
                    key, one = jax.random.split(key)
                    weight = jax.random.normal(one, (lanes, outer, inner), precision) * math.sqrt(2 / (inner + outer))
                    parameters.append((weight, jnp.zeros((lanes, outer), precision)))
                key, one = jax.random.split(key)
                points = jax.random.uniform(one, (lanes, options.points, 2), precision, -1, 1)
                for _ in range(3):
                    jax.block_until_ready(step(parameters, points))
                steps, start = 0, time.perf_counter()
                while time.perf_counter() - start < options.seconds or steps < 3:
                    jax.block_until_ready(step(parameters, points))
                    steps += 1
                rate = lanes * steps / (time.perf_counter() - start)
                print(json.dumps({"peer": "jax jit+vmap", "device": str(jax.devices()[0]), "shape": f"4x{width}", "precision": precision,
                                  "points": options.points, "lanes": lanes, "trialSteps": rate}), flush=True)


if __name__ == "__main__":
    main()
