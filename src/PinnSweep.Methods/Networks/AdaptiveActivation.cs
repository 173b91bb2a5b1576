using PinnSweep.Jets.Networks;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Networks;

/// <summary>
/// An mlp with activations σ(n a z) whose slopes a are trained: one for the network, one a layer, or one a neuron. They begin at a = 1/n,
/// so the network begins as its mlp; a larger n makes a gradient step move the slope n a by n² as much. The slope recovery term
/// (<see cref="SlopeRecovery"/>) is added to the loss beside the balancer's weights, for every scope: the paper of the global slope
/// (arXiv:1906.01170) has none, <c>slope_recovery: 0</c> is that. Gauss–Newton optimizers leave it out of their model and judge steps by
/// the loss with it.
/// </summary>
internal static class AdaptiveActivation
{
    private const string Slope = "slope";

    private static readonly Parameter<Sharing> Scope = MethodParameters.Choice(
        "scope",
        "what shares a slope: the neurons of a layer, the whole network, or nothing",
        Sharing.Layer, Sharing.Global, Sharing.Neuron);
    private static readonly Parameter<double> Steepness = MethodParameters.Number(
        "n", 10, 1, 1000, "fixed factor n ≥ 1 of the slopes (arXiv:1909.12228)");
    private static readonly Parameter<double> RecoveryWeight = MethodParameters.Number(
        "slope_recovery", 1, 0, 1e6,
        "weight of the slope recovery term in the loss (1 in arXiv:1909.12228, with slopes of layers and neurons); 0 leaves it out "
            + "(arXiv:1906.01170, with the global slope)");

    /// <summary>The catalog's entry.</summary>
    public static NetworkEntry Entry { get; } = new(
        new(
            Factor.Network,
            "adaptive-activation",
            "mlp with trained slopes of its activations: one for all, one a layer or one a neuron",
            "Jagtap, Kawaguchi, Karniadakis, J. Comput. Phys. 404, 2020, arXiv:1906.01170; Proc. R. Soc. A 476, 2020, arXiv:1909.12228",
            [
                NetworkParts.Hidden([50, 50, 50], "width of each hidden layer"),
                Scope,
                Steepness,
                RecoveryWeight,
                .. NetworkParts.Options(),
            ]),
        Create)
    {
        Penalty = (level, network) => RecoveryWeight.Of(level) is > 0 and var weight
            ? new SlopeRecovery([.. network.Blocks.Where(block => block.Name.StartsWith(Slope, StringComparison.Ordinal)).Select(block => (block.Offset, block.Length))], weight)
            : null,
    };

    private static NetworkGraph Create(Level level, Problem problem, long seed)
    {
        var parts = new NetworkParts(level, problem);
        var (builder, factor, scope) = (parts.Builder, Steepness.Of(level), Scope.Of(level));
        var kind = NetworkParts.Activation.Of(level);
        int Slopes(string name, int count) => builder.Parameters(name, count, BlockRole.Other, Initializers.Constant(1 / factor));
        var shared = scope == Sharing.Global ? Slopes(Slope, 1) : -1;
        var h = parts.Coordinates;
        var layer = 0;
        foreach (var width in NetworkParts.Widths.Of(level))
        {
            h = parts.Dense($"hidden{++layer}", h, width);
            var count = scope == Sharing.Neuron ? width : 1;
            var slopes = shared >= 0 ? shared : Slopes($"{Slope}{layer}", count);
            h = builder.Add(new Node.Activation(h, width, kind, factor, slopes, count));
        }

        return parts.WithHead(h);
    }

    private enum Sharing
    {
        Layer,
        Global,
        Neuron,
    }
}
