namespace PinnSweep.Methods.Optimizers;

/// <summary>An objective for optimizers that ask nothing.</summary>
public sealed class NoObjective : IObjective
{
    /// <summary>The only one needed.</summary>
    public static NoObjective Instance { get; } = new();

    /// <inheritdoc/>
    public int RowBlocks => 0;

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient) => throw new InvalidOperationException("there is no loss to ask here");

    /// <inheritdoc/>
    public int Rows(ReadOnlySpan<double> theta, int block, Span<double> residuals, Span<double> rows) => throw new InvalidOperationException("there are no residuals to ask here");
}
