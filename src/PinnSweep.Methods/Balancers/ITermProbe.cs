namespace PinnSweep.Methods.Balancers;

/// <summary>What the training loop can tell about its points on demand; most balancers never ask.</summary>
public interface ITermProbe
{
    /// <summary>
    /// Coordinates of the current points of a term, row-major n × dimension, in problem units. Valid until the points change.
    /// </summary>
    ReadOnlySpan<double> Coordinates(int term);

    /// <summary>
    /// Gradients of single residuals √w_i r_i of a term at the current θ, w held: their squared norms, and their sum.
    /// </summary>
    /// <param name="term">The term.</param>
    /// <param name="weights">w of each point of the term, or empty for ones.</param>
    /// <param name="squaredNorms">w_i ‖∂r_i/∂θ‖² at as many points as this span is long, spread evenly over the points of the term (all of
    /// them where it has n entries).</param>
    /// <param name="sum">Σ_i √w_i ∂r_i/∂θ over the same points, P entries; empty where it is not wanted.</param>
    void ResidualGradients(int term, ReadOnlySpan<double> weights, Span<double> squaredNorms, Span<double> sum);
}
