namespace PinnSweep.Problems.ProblemFiles;

/// <summary>A mistake in an expression. <see cref="Column"/> counts from 1 within the expression's text.</summary>
public sealed class ExpressionException(int column, string message) : Exception(message)
{
    /// <summary>Where.</summary>
    public int Column { get; } = column;
}
