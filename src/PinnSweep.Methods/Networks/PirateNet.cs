using PinnSweep.Jets.Networks;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Networks;

/// <summary>
/// Physics-informed residual adaptive network: Fourier features Φ of the coordinates, gates U = σ(W_u Φ + b), V = σ(W_v Φ + b), and blocks
/// f = σ(W₁ x), z₁ = f ⊙ U + (1 − f) ⊙ V, g = σ(W₂ z₁), z₂ = g ⊙ U + (1 − g) ⊙ V, h = σ(W₃ z₂), x ← α h + (1 − α) x with one trained α a
/// block (biases left out here). With α = 0 at the start the network is linear in Φ, and its head can be set by least squares on the
/// conditions (<c>HeadFit</c>). Random weight factorization is on by default.
/// </summary>
/// <remarks>Deviation: the head is drawn like any layer unless <c>head: least-squares</c> asks for the fit, which the paper (section 3.3)
/// makes part of the method; drawn, it begins as other networks do.</remarks>
public static class PirateNet
{
    private static readonly Parameter<int> Width = MethodParameters.Count(
        "width", 256, "units of every layer, and features of the embedding; even", minimum: 2, maximum: 4096);
    private static readonly Parameter<int> Blocks = MethodParameters.Count("blocks", 3, "residual blocks of three layers", maximum: 64);
    private static readonly Parameter<double> Sigma = MethodParameters.Positive(
        "sigma", 1, "standard deviation of the features' B (1 to 2)");
    private static readonly Parameter<bool> Trainable = MethodParameters.Flag("trainable", standard: true, "train B too, as jaxpi does");
    private static readonly Parameter<double> Alpha = MethodParameters.Number("alpha", 0, 0, 1, "α of every block at the start");
    private static readonly Parameter<HeadStart> Head = MethodParameters.Choice(
        "head",
        "initial head: drawn like the other layers, or as in the paper fitted by least squares to the initial and boundary "
            + "conditions and data",
        HeadStart.Drawn, HeadStart.LeastSquares);

    /// <summary>The catalog's entry.</summary>
    public static NetworkEntry Entry { get; } = new(
        new(
            Factor.Network,
            "piratenet",
            "gated residual blocks on Fourier features that begin as the identity",
            "Wang, Li, Chen, Perdikaris, J. Mach. Learn. Res. 25, 2024, arXiv:2402.00326",
            [
                Width,
                Blocks,
                Sigma,
                Trainable,
                Alpha,
                Head,
                NetworkParts.Activation,
                NetworkParts.AllowUnsuitable,
                .. NetworkParts.DenseOptions(factorized: true),
            ]),
        Create)
    {
        WhyNotApplicable = (level, _) => Width.Of(level) % 2 == 0 ? null : $"{Width.Of(level)} features cannot be half cosines and half sines",
        FitsHead = level => Head.Of(level) == HeadStart.LeastSquares,
    };

    private static NetworkGraph Create(Level level, Problem problem, long seed)
    {
        var parts = new NetworkParts(level, problem);
        var (builder, width) = (parts.Builder, Width.Of(level));
        var x = FourierFeatures.Features(builder, parts.Coordinates, "features", width, Sigma.Of(level), Trainable.Of(level), seed);
        var u = parts.Layer("encoder-u", x, width, encoder: true);
        var v = parts.Layer("encoder-v", x, width, encoder: true);
        for (var block = 1; block <= Blocks.Of(level); block++)
        {
            var f = parts.Layer($"block{block}.first", x, width);
            var g = parts.Layer($"block{block}.second", builder.Add(new Node.Gate(f, u, v, width)), width);
            var h = parts.Layer($"block{block}.third", builder.Add(new Node.Gate(g, u, v, width)), width);
            var alpha = builder.Parameters($"block{block}.alpha", 1, BlockRole.Other, Initializers.Constant(Alpha.Of(level)));
            x = builder.Add(new Node.Blend(h, x, alpha, width));
        }

        return parts.WithHead(x);
    }

    private enum HeadStart
    {
        Drawn,
        LeastSquares,
    }
}
