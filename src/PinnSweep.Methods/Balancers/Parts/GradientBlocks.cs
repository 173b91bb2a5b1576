namespace PinnSweep.Methods.Balancers.Parts;

/// <summary>Which blocks of θ a <see cref="GradientSelection"/> takes.</summary>
internal enum GradientBlocks
{
    /// <summary>The weight matrices of the main path.</summary>
    Weights,

    /// <summary>Weights and biases of all dense layers.</summary>
    Dense,

    /// <summary>Everything.</summary>
    All,
}
