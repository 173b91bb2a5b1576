#!/usr/bin/env python3
"""Burgers' residual and the gradient of its mean square in eager PyTorch, one trial at a time: the same work as `bench gpu`.

One JSON object a line. Options: --widths 50,128 --points 2048 --seconds 1 --precision float32,float64
"""
import argparse
import json
import math
import time


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--widths", default="50,128")
    parser.add_argument("--points", type=int, default=2048)
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("--precision", default="float32,float64")
    options = parser.parse_args()

    import torch

    device = "cuda" if torch.cuda.is_available() else "cpu"
    for width in map(int, options.widths.split(",")):
        for precision in options.precision.split(","):
            kind = getattr(torch, precision)
            torch.manual_seed(1)
            layers = []
            for inner, outer in zip([2, width, width, width], [width] * 4):
                layers += [torch.nn.Linear(inner, outer), torch.nn.Tanh()]
            model = torch.nn.Sequential(*layers, torch.nn.Linear(width, 1)).to(device, kind)
            points = (2 * torch.rand(options.points, 2, dtype=kind, device=device) - 1).requires_grad_()

            def step():
                for parameter in model.parameters():
                    parameter.grad = None
                u = model(points)
                first = torch.autograd.grad(u.sum(), points, create_graph=True)[0]
                second = torch.autograd.grad(first[:, 0].sum(), points, create_graph=True)[0][:, 0]
                residual = first[:, 1] + u[:, 0] * first[:, 0] - 0.01 / math.pi * second
                loss = (residual ** 2).mean()
                loss.backward()
                return loss.item()

            for _ in range(10):
                step()
            steps, start = 0, time.perf_counter()
            while time.perf_counter() - start < options.seconds:
                step()
                steps += 1
            name = torch.cuda.get_device_name() if device == "cuda" else "cpu"
            print(json.dumps({"peer": "pytorch eager", "device": name, "shape": f"4x{width}", "precision": precision,
                              "points": options.points, "lanes": 1, "trialSteps": steps / (time.perf_counter() - start)}), flush=True)


if __name__ == "__main__":
    main()
