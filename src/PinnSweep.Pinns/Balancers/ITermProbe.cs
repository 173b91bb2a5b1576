namespace PinnSweep.Pinns;

/// <summary>What the training loop can tell about its points on demand; most balancers never ask.</summary>
public interface ITermProbe
{
    /// <summary>Coordinates of the current points of a term, row-major n × dimension, in problem units. Valid until the points change.</summary>
    ReadOnlySpan<double> Coordinates(int term);

    /// <summary>
    /// Gradients ∂r_i/∂θ of single residuals of a term at the current θ: their squared norms, and their sum.
    /// </summary>
    /// <param name="term">The term.</param>
    /// <param name="squaredNorms">‖∂r_i/∂θ‖² at as many points as this span is long, spread evenly over the points of the term (all of them where it has n entries).</param>
    /// <param name="sum">Σ_i ∂r_i/∂θ over the same points, P entries; empty where it is not wanted.</param>
    void ResidualGradients(int term, Span<double> squaredNorms, Span<double> sum);
}

/// <summary>A probe for balancers that need none.</summary>
public sealed class NoProbe : ITermProbe
{
    /// <summary>The only instance.</summary>
    public static NoProbe Instance { get; } = new();

    /// <inheritdoc/>
    public ReadOnlySpan<double> Coordinates(int term) => throw new InvalidOperationException("this training gives balancers no access to the coordinates of points");

    /// <inheritdoc/>
    public void ResidualGradients(int term, Span<double> squaredNorms, Span<double> sum) =>
        throw new InvalidOperationException("this training gives balancers no access to gradients of single residuals");
}
