using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests;

/// <summary>A catalog with one method or two a factor and every type of parameter.</summary>
internal static class SmallCatalog
{
    public static Catalog Instance { get; } = new(
        [
            Entry(Factor.Problem, "helmholtz", Real("a1", 1), Real("a2", 4)),
            Entry(Factor.Problem, "plate"),
            Entry(
                Factor.Network,
                "mlp",
                new Parameter("hidden", new ParameterType.ListOf(new ParameterType.Integer(1, 4096), 1), Numbers(50, 50, 50), "widths"),
                new Parameter("activation", new ParameterType.Choice(["tanh", "sin"]), new SpecValue.Text("tanh"), "activation")),
            Entry(Factor.Balancer, "gradnorm", Positive("alpha", 1.5)),
            Entry(Factor.Balancer, "power-normalization"),
            Entry(Factor.Balancer, "learning-rate-annealing"),
            Entry(Factor.Balancer, "relobralo", Positive("temperature", 0.1), new Parameter("lookback", new ParameterType.Number(0, 1), new SpecValue.Number(0.99), "")),
            Entry(Factor.Balancer, "self-adaptive", new Parameter("granularity", new ParameterType.Choice(["point", "term"]), new SpecValue.Text("point"), "what gets a weight")),
            Entry(Factor.Balancer, "static", new Parameter("weights", new ParameterType.MapOf(new ParameterType.Number(0)), SpecValue.Map.Empty, "by term")),
            Entry(
                Factor.Sampler,
                "uniform",
                new Parameter("interior", new ParameterType.Integer(1), new SpecValue.Number(1280), "points"),
                new Parameter("resample", new ParameterType.Flag(), new SpecValue.Flag(false), "")),
            Entry(
                Factor.Optimizer,
                "adam",
                Positive("lr", 1e-3),
                new Parameter(
                    "decay",
                    new ParameterType.Optional(new ParameterType.Group([Positive("rate", 0.9), new("every", new ParameterType.Integer(1), null, "steps")])),
                    SpecValue.None.Value,
                    "exponential decay")),
            Entry(Factor.Optimizer, "fixed-step", new Parameter("step", new ParameterType.Number(0, 1, ExclusiveMinimum: true), null, "length")),
            Entry(Factor.Time, "none"),
        ],
        cell => cell.Problem.Kind == "plate" && cell.Balancer.Kind == "gradnorm" ? "gradnorm needs one boundary term" : null);

    public static MethodEntry Entry(Factor factor, string kind, params Parameter[] parameters) => new(factor, kind, $"{kind} in one line", "a paper", [.. parameters]);

    private static Parameter Real(string name, double value) => new(name, new ParameterType.Number(), new SpecValue.Number(value), name);

    private static Parameter Positive(string name, double value) => new(name, new ParameterType.Number(0, ExclusiveMinimum: true), new SpecValue.Number(value), name);

    private static SpecValue.List Numbers(params double[] values) => new([.. values.Select(value => new SpecValue.Number(value))]);
}
