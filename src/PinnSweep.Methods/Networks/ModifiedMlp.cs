using PinnSweep.Jets.Networks;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Networks;

/// <summary>
/// The modified multilayer perceptron: two encoders U = σ(W_u h₀ + b_u) and V = σ(W_v h₀ + b_v) of the coordinates h₀; every hidden layer
/// g = σ(W h + b) opens a gate between them, h ← g ⊙ U + (1 − g) ⊙ V, the first g made from h₀. Costs about one and a half times an mlp of
/// its size.
/// </summary>
public static class ModifiedMlp
{
    private static readonly Parameter<int> Width = MethodParameters.Count(
        "width", 256, "units of a hidden layer and of the encoders (jaxpi)", maximum: 4096);
    private static readonly Parameter<int> Depth = MethodParameters.Count("depth", 4, "hidden layers (jaxpi)", maximum: 64);

    /// <summary>The catalog's entry.</summary>
    public static NetworkEntry Entry { get; } = new(
        new(
            Factor.Network,
            "modified-mlp",
            "every hidden layer is a gate between two encoders of the coordinates",
            "Wang, Teng, Perdikaris, SIAM J. Sci. Comput. 43, 2021, arXiv:2001.04536",
            [Width, Depth, .. NetworkParts.Options()]),
        Create);

    private static NetworkGraph Create(Level level, Problem problem, long seed)
    {
        var parts = new NetworkParts(level, problem);
        var width = Width.Of(level);
        var u = parts.Layer("encoder-u", parts.Coordinates, width, encoder: true);
        var v = parts.Layer("encoder-v", parts.Coordinates, width, encoder: true);
        var h = parts.Coordinates;
        for (var layer = 1; layer <= Depth.Of(level); layer++)
        {
            h = parts.Builder.Add(new Node.Gate(parts.Layer($"hidden{layer}", h, width), u, v, width));
        }

        return parts.WithHead(h);
    }
}
