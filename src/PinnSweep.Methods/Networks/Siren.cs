using PinnSweep.Jets.Networks;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Networks;

/// <summary>
/// Sine units h ← sin(ω(W h + b)) with weights that keep the distribution of activations from layer to layer: U(±1/n) in the first layer,
/// U(±√(6/n)/ω) in the others, biases U(±1/√n) as in the authors' program. The head is linear and begins like a hidden layer. ω = 30 suits
/// signals; a residual of order m carries ωᵐ, so equations take 1 to 10.
/// </summary>
internal static class Siren
{
    private static readonly Parameter<double> Omega = MethodParameters.Positive(
        "omega", 10, "ω of the hidden layers after the first (30 in the paper, for signals; 1 to 10 for equations)");
    private static readonly Parameter<double> FirstOmega = MethodParameters.Positive("first_omega", 10, "ω of the first layer");

    /// <summary>The catalog's entry.</summary>
    public static NetworkEntry Entry { get; } = new(
        new(
            Factor.Network,
            "siren",
            "mlp of sine units with frequency ω and the initialization that goes with it",
            "Sitzmann, Martel, Bergman, Lindell, Wetzstein, NeurIPS 2020, arXiv:2006.09661",
            [
                NetworkParts.Hidden([50, 50, 50], "width of each hidden layer"),
                Omega,
                FirstOmega,
                .. NetworkParts.DenseOptions(Initializations.Siren),
            ]),
        Create);

    private static NetworkGraph Create(Level level, Problem problem, long seed)
    {
        var parts = new NetworkParts(level, problem) { Frequency = Omega.Of(level) };
        var h = parts.Coordinates;
        var layer = 0;
        foreach (var width in NetworkParts.Widths.Of(level))
        {
            h = parts.Builder.Activate(parts.Dense($"hidden{++layer}", h, width), ActivationKind.Sin, layer == 1 ? FirstOmega.Of(level) : Omega.Of(level));
        }

        return parts.WithHead(h);
    }
}
