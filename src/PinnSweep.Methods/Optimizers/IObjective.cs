namespace PinnSweep.Methods.Optimizers;

/// <summary>
/// The weighted loss of one step as a function of θ: points, weights of terms and weights of points are held as they are in this step, so a
/// line search compares values of one function. Every question costs a pass over all points; the trial's events count them.
/// </summary>
public interface IObjective
{
    /// <summary>Blocks of <see cref="Rows"/>.</summary>
    int RowBlocks { get; }

    /// <summary>The loss at θ; not finite where the network overflows.</summary>
    /// <param name="theta">Where.</param>
    /// <param name="gradient">Takes the gradient; empty where only the value is wanted, which costs a forward pass alone.</param>
    double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient);

    /// <summary>
    /// One block of the residuals ρ = √(λ w / n) r, of which the loss is the sum of squares, and of their derivatives. Each residual of
    /// each term is one row; a row whose weight is negative has no root and is zero (counted).
    /// </summary>
    /// <param name="theta">Where.</param>
    /// <param name="block">0 … <see cref="RowBlocks"/> − 1.</param>
    /// <param name="residuals">Takes ρ; at least <see cref="ObjectiveRows.Most"/> long.</param>
    /// <param name="rows">Takes ∂ρ/∂θ, row after row; at least <see cref="ObjectiveRows.Most"/> · P long.</param>
    /// <returns>The number of rows in this block.</returns>
    int Rows(ReadOnlySpan<double> theta, int block, Span<double> residuals, Span<double> rows);
}
