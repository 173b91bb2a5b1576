using System.Collections.Immutable;
using PinnSweep.Jets;

namespace PinnSweep.Pinns;

/// <summary>The activation functions by the words of study files.</summary>
internal static class Activations
{
    /// <summary>The words, the default first.</summary>
    public static ImmutableArray<string> Words { get; } = ["tanh", "sin", "silu", "sigmoid", "softplus", "gelu", "relu3", "relu"];

    /// <summary>The function of a word.</summary>
    public static ActivationKind Parse(string word) => word switch
    {
        "tanh" => ActivationKind.Tanh,
        "sin" => ActivationKind.Sin,
        "silu" => ActivationKind.SiLU,
        "sigmoid" => ActivationKind.Sigmoid,
        "softplus" => ActivationKind.Softplus,
        "gelu" => ActivationKind.GELU,
        "relu3" => ActivationKind.ReLU3,
        "relu" => ActivationKind.ReLU,
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, "not an activation"),
    };

    /// <summary>
    /// The highest order m of an input derivative that still trains: its ∂/∂θ takes the function's (m+1)-th derivative, so the m-th must be
    /// continuous (Lipschitz at least) and not zero almost everywhere.
    /// </summary>
    public static int HighestOrder(ActivationKind kind) => kind switch
    {
        ActivationKind.ReLU => 0,
        ActivationKind.ReLU3 => 2,
        _ => int.MaxValue,
    };
}
