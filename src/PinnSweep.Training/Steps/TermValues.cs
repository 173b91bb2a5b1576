namespace PinnSweep.Training.Steps;

/// <summary>What the passes over all terms found at one θ.</summary>
internal sealed class TermValues(int terms, int parameters)
{
    private readonly double[] _summedBy = new double[terms];
    private bool _isSummed;

    /// <summary>Unweighted, one a term.</summary>
    public double[] Losses { get; } = new double[terms];

    /// <summary>With the weights of points, one a term.</summary>
    public double[] WeightedLosses { get; } = new double[terms];

    /// <summary>
    /// Of the weighted losses, term after term. With <see cref="SummedBy"/> the first of terms that share points holds their weighted sum.
    /// </summary>
    public double[] Gradients { get; set; } = new double[terms * parameters];

    /// <summary>The weights of terms by which terms that share points are summed; empty where each has its own gradient.</summary>
    public ReadOnlySpan<double> SummedBy => _isSummed ? _summedBy : [];

    /// <summary>Of all points, term after term.</summary>
    public double[] Residuals { get; set; } = [];

    /// <summary>Notes the weights of the sums, empty for none.</summary>
    public void TakeSum(ReadOnlySpan<double> termWeights)
    {
        _isSummed = !termWeights.IsEmpty;
        termWeights.CopyTo(_summedBy);
    }
}
