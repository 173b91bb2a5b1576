namespace PinnSweep.Methods.Balancers;

/// <summary>A probe for balancers that need none.</summary>
internal sealed class NoProbe : ITermProbe
{
    /// <summary>The only instance.</summary>
    public static NoProbe Instance { get; } = new();

    /// <inheritdoc/>
    public ReadOnlySpan<double> Coordinates(int term) => throw new InvalidOperationException("this training gives balancers no access to the coordinates of points");

    /// <inheritdoc/>
    public void ResidualGradients(int term, ReadOnlySpan<double> weights, Span<double> squaredNorms, Span<double> sum) =>
        throw new InvalidOperationException("this training gives balancers no access to gradients of single residuals");
}
