#!/usr/bin/env python3
"""A case of `bench peers` in DeepXDE on its PyTorch backend, as its examples and those of Wu et al. 2023 (RAD) are written.

DeepXDE evaluates the equation at the points of conditions too; that is part of its step.
"""
import inspect
import os

from peer import read_case, serve

case = read_case()
os.environ["DDE_BACKEND"] = "pytorch"

import deepxde as dde  # noqa: E402
import numpy as np  # noqa: E402
import torch  # noqa: E402

torch.set_num_threads(case["threads"])
dde.config.set_random_seed(1)
dde.config.set_default_float(case["precision"])
now, problem, adaptive = case["now"], case["problem"], case["rad"]


def burgers(x, u):
    return dde.grad.jacobian(u, x, i=0, j=1) + u * dde.grad.jacobian(u, x, i=0, j=0) - 0.01 / np.pi * dde.grad.hessian(u, x, i=0, j=0)


def allen_cahn(x, u):
    return dde.grad.jacobian(u, x, i=0, j=1) - 1e-3 * dde.grad.hessian(u, x, i=0, j=0) - 5 * (u - u ** 3)


def helmholtz(x, u):
    source = (1 - 17 * np.pi ** 2) * torch.sin(np.pi * x[:, :1]) * torch.sin(4 * np.pi * x[:, 1:])
    return dde.grad.hessian(u, x, i=0, j=0) + dde.grad.hessian(u, x, i=1, j=1) + u - source


equation = {"burgers": burgers, "allen-cahn": allen_cahn, "helmholtz": helmholtz}[problem]
if problem == "helmholtz":
    domain = dde.geometry.Rectangle([-1, -1], [1, 1])
    conditions = [dde.icbc.DirichletBC(domain, lambda x: 0, lambda _, on_boundary: on_boundary)]
    data = dde.data.PDE(domain, equation, conditions, num_domain=case["interior"], num_boundary=case["boundary"], train_distribution="pseudo")
else:
    domain = dde.geometry.GeometryXTime(dde.geometry.Interval(-1, 1), dde.geometry.TimeDomain(0, 1))
    ends = -1 if problem == "allen-cahn" else 0

    def begin(x):
        x = x[:, :1]
        return -np.sin(np.pi * x) if problem == "burgers" else x ** 2 * np.cos(np.pi * x)

    conditions = [
        dde.icbc.DirichletBC(domain, lambda x: ends, lambda _, on_boundary: on_boundary),
        dde.icbc.IC(domain, begin, lambda _, on_initial: on_initial),
    ]
    data = dde.data.TimePDE(domain, equation, conditions, num_domain=case["interior"], num_boundary=case["boundary"],
                            num_initial=case["initial"], train_distribution="pseudo")

net = dde.nn.FNN([2, *case["hidden"], 1], "tanh", "Glorot normal")
model = dde.Model(data, net)
weights = [1.0] * (1 + len(conditions))


class Clock(dde.callbacks.Callback):
    """Times from the first step to the last, which no test and no print is part of."""

    def on_train_begin(self):
        self.begins = []

    def on_epoch_begin(self):
        self.begins.append(now())


class Adaptive(dde.callbacks.Callback):
    """RAD: new points from many candidates by |r|/mean |r| + 1, after so many steps."""

    def on_train_begin(self):
        self.steps = 0

    def on_epoch_end(self):
        self.steps += 1
        if self.steps % adaptive["every"] == 0:
            candidates = domain.random_points(adaptive["candidates"])
            others = self.model.callbacks
            size = np.abs(self.model.predict(candidates, operator=equation)).astype(np.float64)[:, 0]
            self.model.callbacks = others
            density = size / size.mean() + 1
            chosen = np.random.choice(len(candidates), case["interior"], replace=False, p=density / density.sum())
            data.replace_with_anchors(candidates[chosen])


class Annealing(dde.callbacks.Callback):
    """Learning-rate annealing as its authors' program has it; DeepXDE has none of its own."""

    def on_train_begin(self):
        self.steps = 0

    def on_epoch_end(self):
        self.steps += 1
        if self.steps % case["annealing"] == 0:
            given = [self.model.train_state.X_train, self.model.train_state.y_train, self.model.train_state.train_aux_vars]
            losses = self.model.outputs_losses_train(*given[:len(inspect.signature(self.model.outputs_losses_train).parameters)])[1]
            parameters = [p for p in self.model.net.parameters() if p.requires_grad]
            of = [torch.cat([g.abs().flatten() for g in torch.autograd.grad(loss, parameters, retain_graph=True, allow_unused=True) if g is not None])
                  for loss in losses]
            for k in range(1, len(of)):
                weights[k] = 0.9 * weights[k] + 0.1 * (of[0].max() / of[k].mean()).item()


clock = Clock()
callbacks = []
if case["redraw"]:
    callbacks.append(dde.callbacks.PDEPointResampler(period=1, pde_points=True, bc_points=True))
if case["annealing"]:
    callbacks.append(Annealing())
if adaptive:
    callbacks.append(Adaptive())
callbacks.append(clock)

if case["optimizer"] == "adam":
    model.compile("adam", lr=1e-3, loss_weights=weights)

    def timed(steps):
        # One step more: its begin is the end of those that count.
        model.train(iterations=steps + 1, display_every=10 ** 9, callbacks=callbacks)
        return (clock.begins[-1] - clock.begins[0]) / steps

else:
    compiled = None

    def timed(steps):
        global compiled
        if compiled != steps:
            dde.optimizers.set_LBFGS_options(maxcor=50, ftol=0, gtol=0, maxiter=steps, maxfun=25 * steps)
            model.compile("L-BFGS")
            compiled = steps

        # One call of the optimizer is all the iterations; `train` itself begins and ends with a test.
        spent, step = [], model.train_step

        def measured(*given):
            start = now()
            step(*given)
            spent.append(now() - start)

        before = iterations()
        model.train_step = measured
        model.train(display_every=10 ** 9)
        model.train_step = step
        return sum(spent) / max(1, iterations() - before)

    def iterations():
        return sum(entry.get("n_iter", 0) for entry in model.opt.state_dict()["state"].values())


serve(case, timed)
