#!/usr/bin/env python3
"""A case of `bench peers` in plain PyTorch: nested automatic differentiation, as tutorials have it."""
import math

from peer import read_case, serve

case = read_case()

import torch  # noqa: E402

torch.set_num_threads(case["threads"])
torch.manual_seed(1)
kind = getattr(torch, case["precision"])
torch.set_default_dtype(kind)
now, problem, adaptive, redraws = case["now"], case["problem"], case["rad"], case["redraw"]


def network():
    widths = [2, *case["hidden"]]
    layers = []
    for inner, outer in zip(widths, widths[1:]):
        layers += [torch.nn.Linear(inner, outer), torch.nn.Tanh()]
    return torch.nn.Sequential(*layers, torch.nn.Linear(widths[-1], 1))


model = network()
parameters = list(model.parameters())


def box(count):
    """Uniform points: the first coordinate in [-1, 1], the second too unless it is time, then in [0, 1]."""
    points = 2 * torch.rand(count, 2) - 1
    if problem != "helmholtz":
        points[:, 1] = (points[:, 1] + 1) / 2
    return points


class Points:
    """The points of all terms, with what depends on them alone."""

    def draw(self):
        self.take(box(case["interior"]))
        self.edge = box(case["boundary"])
        if problem == "helmholtz":
            rows = torch.arange(case["boundary"])
            self.edge[rows, rows % 2] = ((rows // 2) % 2 * 2 - 1).to(kind)
        else:
            self.edge[:, 0] = self.edge[:, 0].sign()
            self.start = box(case["initial"])
            self.start[:, 1] = 0
            x = self.start[:, :1]
            self.start_value = -torch.sin(math.pi * x) if problem == "burgers" else x ** 2 * torch.cos(math.pi * x)

    def take(self, interior):
        self.interior = interior.detach().requires_grad_()
        if problem == "helmholtz":
            with torch.no_grad():
                x, y = self.interior[:, :1], self.interior[:, 1:]
                self.source = (1 - 17 * math.pi ** 2) * torch.sin(math.pi * x) * torch.sin(4 * math.pi * y)


points = Points()
points.draw()


def gradient(values, at):
    return torch.autograd.grad(values.sum(), at, create_graph=True)[0]


def residual(at):
    u = model(at)
    first = gradient(u, at)
    second = gradient(first[:, :1], at)[:, :1]
    if problem == "helmholtz":
        return second + gradient(first[:, 1:], at)[:, 1:] + u - points.source
    if problem == "burgers":
        return first[:, 1:] + u * first[:, :1] - 0.01 / math.pi * second
    return first[:, 1:] - 1e-3 * second - 5 * (u - u ** 3)


def losses():
    found = [residual(points.interior).square().mean()]
    target = -1 if problem == "allen-cahn" else 0
    found.append((model(points.edge) - target).square().mean())
    if problem != "helmholtz":
        found.append((model(points.start) - points.start_value).square().mean())
    return found


weights = [1.0, 1.0, 1.0]


def anneal(found):
    """Learning-rate annealing as its authors' program has it: the largest entry of the residual's gradient over the mean of each other's."""
    of = [torch.cat([g.abs().flatten() for g in torch.autograd.grad(w * loss, parameters, retain_graph=True, allow_unused=True) if g is not None])
          for w, loss in zip(weights, found)]
    for k in range(1, len(found)):
        weights[k] = 0.9 * weights[k] + 0.1 * (of[0].max() / of[k].mean()).item()


def adapt():
    """RAD: new points from many candidates by |r|/mean |r| + 1."""
    candidates = box(adaptive["candidates"]).requires_grad_()
    size = residual(candidates).detach().abs().flatten()
    chosen = torch.multinomial(size / size.mean() + 1, case["interior"])
    points.take(candidates.detach()[chosen])


taken = 0
if case["optimizer"] == "lbfgs":
    optimizer = torch.optim.LBFGS(parameters, history_size=50, line_search_fn="strong_wolfe", tolerance_grad=0, tolerance_change=0)
else:
    optimizer = torch.optim.Adam(parameters, lr=1e-3)


def closure():
    optimizer.zero_grad()
    loss = sum(losses())
    loss.backward()
    return loss


def adam():
    global taken
    if redraws and taken > 0:
        points.draw()
    if adaptive and taken > 0 and taken % adaptive["every"] == 0:
        adapt()
    optimizer.zero_grad()
    found = losses()
    if case["annealing"] and taken % case["annealing"] == 0:
        anneal(found)
    sum(w * loss for w, loss in zip(weights, found)).backward()
    optimizer.step()
    taken += 1


def timed(steps):
    start = now()
    if case["optimizer"] == "lbfgs":
        state = optimizer.state[parameters[0]]
        before = state.get("n_iter", 0)
        optimizer.param_groups[0].update(max_iter=steps, max_eval=25 * steps)
        optimizer.step(closure)
        steps = optimizer.state[parameters[0]]["n_iter"] - before
    else:
        for _ in range(steps):
            adam()
    return (now() - start) / max(1, steps)


serve(case, timed)
