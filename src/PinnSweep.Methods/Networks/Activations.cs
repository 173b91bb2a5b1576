using System.Collections.Immutable;
using PinnSweep.Jets.Networks;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Networks;

/// <summary>The activation functions by the words of study files.</summary>
internal static class Activations
{
    /// <summary>The words, the default first.</summary>
    public static ImmutableArray<string> Words { get; } =
        ["tanh", "sin", "silu", "sigmoid", "softplus", "gelu", "relu", "relu2", "relu3", "relu4", "relu5"];

    /// <summary>The function of a word.</summary>
    public static ActivationKind Parse(string word) => word switch
    {
        "tanh" => ActivationKind.Tanh,
        "sin" => ActivationKind.Sin,
        "silu" => ActivationKind.SiLU,
        "sigmoid" => ActivationKind.Sigmoid,
        "softplus" => ActivationKind.Softplus,
        "gelu" => ActivationKind.GELU,
        "relu" => ActivationKind.ReLU,
        "relu2" => ActivationKind.ReLU2,
        "relu3" => ActivationKind.ReLU3,
        "relu4" => ActivationKind.ReLU4,
        "relu5" => ActivationKind.ReLU5,
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, "not an activation"),
    };

    /// <summary>
    /// The highest order m of an input derivative that still trains: its ∂/∂θ takes the function's (m+1)-th derivative, so the m-th must be
    /// Lipschitz and not zero almost everywhere. max(0, z)ᵏ is of class C^{k−1} with a Lipschitz (k−1)-th derivative: m = k − 1.
    /// </summary>
    public static int HighestOrder(ActivationKind kind) => kind switch
    {
        ActivationKind.ReLU => 0,
        ActivationKind.ReLU2 => 1,
        ActivationKind.ReLU3 => 2,
        ActivationKind.ReLU4 => 3,
        ActivationKind.ReLU5 => 4,
        _ => int.MaxValue,
    };

    /// <summary>Whether a level switches the rule off.</summary>
    public static bool IsForced(Level network) => NetworkParts.AllowUnsuitable.Of(network, otherwise: false);

    /// <summary>The smoothness class, in words.</summary>
    public static string Smoothness(ActivationKind kind) => HighestOrder(kind) == int.MaxValue ? "C^∞" : $"C^{HighestOrder(kind)}";
}
