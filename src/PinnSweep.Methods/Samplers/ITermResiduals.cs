namespace PinnSweep.Methods.Samplers;

/// <summary>The residuals that a step has evaluated.</summary>
public interface ITermResiduals
{
    /// <summary>Those of a term, one a point.</summary>
    ReadOnlySpan<double> Of(int term);
}
