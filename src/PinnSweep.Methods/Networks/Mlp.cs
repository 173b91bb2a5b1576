using System.Collections.Immutable;
using PinnSweep.Jets.Networks;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Networks;

/// <summary>The multilayer perceptron: h ← σ(W h + b) for each hidden layer, and a linear head; with two presets of its shape.</summary>
public static class Mlp
{
    /// <summary>The catalog's entry.</summary>
    public static NetworkEntry Entry { get; } = Make(
        "mlp",
        "multilayer perceptron with a linear head on coordinates normalized to [−1, 1]",
        "Raissi, Perdikaris, Karniadakis, J. Comput. Phys. 378, 2019, doi:10.1016/j.jcp.2018.10.045; Glorot, Bengio, AISTATS 2010",
        [50, 50, 50],
        "width of each hidden layer (3×50 as in the Helmholtz script of Wang, Teng, Perdikaris)");

    /// <summary>One hidden layer of many units.</summary>
    public static NetworkEntry ShallowWide { get; } = Make(
        "mlp-shallow-wide",
        "mlp with one wide hidden layer, near the limit in which the tangent kernel stays as it begins",
        "Wang, Yu, Perdikaris, J. Comput. Phys. 449, 2022, arXiv:2007.14527",
        [500],
        "width of each hidden layer (1×500: the widest of the paper's tangent kernels)");

    /// <summary>Many narrow hidden layers.</summary>
    public static NetworkEntry DeepNarrow { get; } = Make(
        "mlp-deep-narrow",
        "mlp with many narrow hidden layers",
        "Raissi, Perdikaris, Karniadakis, J. Comput. Phys. 378, 2019, doi:10.1016/j.jcp.2018.10.045",
        [20, 20, 20, 20, 20, 20, 20, 20],
        "width of each hidden layer (8×20: the paper's network for Burgers' equation)");

    private static NetworkEntry Make(string kind, string summary, string source, ImmutableArray<int> hidden, string widths) => new(
        new(Factor.Network, kind, summary, source, [NetworkParts.Hidden(hidden, widths), .. NetworkParts.Options()]),
        Create);

    private static NetworkGraph Create(Level level, Problem problem, long seed)
    {
        var parts = new NetworkParts(level, problem);
        return parts.WithHead(parts.Stack(parts.Coordinates));
    }
}
