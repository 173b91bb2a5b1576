namespace PinnSweep.Problems.Formulation;

/// <summary>A coefficient that an inverse problem trains together with the network.</summary>
/// <param name="Name">Its name in results.</param>
/// <param name="Start">The value that θ begins with.</param>
/// <param name="Truth">The value that the data were made with, in the same parametrization as θ; null where nobody knows.</param>
/// <param name="ToValue">From θ to the coefficient; null where θ is the coefficient.</param>
public sealed record Coefficient(string Name, double Start, double? Truth = null, Func<double, double>? ToValue = null)
{
    /// <summary>Where the coefficient stays; null where it may be anything.</summary>
    public CoefficientBounds? Bounds { get; init; }

    /// <summary>The coefficient that a θ stands for.</summary>
    public double ValueOf(double theta) => ToValue?.Invoke(theta) ?? theta;
}
