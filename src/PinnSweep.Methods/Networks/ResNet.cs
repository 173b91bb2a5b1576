using PinnSweep.Jets.Networks;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Networks;

/// <summary>
/// Residual blocks h ← σ(h + W₂ σ(W₁ h + b₁) + b₂): the skip joins before the last activation. A first layer σ(W h₀ + b) brings the
/// coordinates to the width of the blocks.
/// </summary>
internal static class ResNet
{
    private static readonly Parameter<int> Width = MethodParameters.Count("width", 50, "units of every layer", maximum: 4096);
    private static readonly Parameter<int> Blocks = MethodParameters.Count(
        "blocks", 3, "residual blocks of two layers (2 to 3 in jaxpi)", maximum: 64);

    /// <summary>The catalog's entry.</summary>
    public static NetworkEntry Entry { get; } = new(
        new(
            Factor.Network,
            "resnet",
            "blocks of two dense layers with a skip that joins before the last activation",
            "He, Zhang, Ren, Sun, CVPR 2016, arXiv:1512.03385; in the form of jaxpi (Wang et al. 2023, arXiv:2308.08468)",
            [Width, Blocks, .. NetworkParts.Options()]),
        Create);

    private static NetworkGraph Create(Level level, Problem problem, long seed)
    {
        var parts = new NetworkParts(level, problem);
        var width = Width.Of(level);
        var h = parts.Layer("input", parts.Coordinates, width);
        for (var block = 1; block <= Blocks.Of(level); block++)
        {
            var f = parts.Dense($"block{block}.second", parts.Layer($"block{block}.first", h, width), width);
            h = parts.Activate(parts.Builder.Add(new Node.Add(h, f, width)));
        }

        return parts.WithHead(h);
    }
}
