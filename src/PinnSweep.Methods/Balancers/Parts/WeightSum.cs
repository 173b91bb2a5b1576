namespace PinnSweep.Methods.Balancers.Parts;

/// <summary>What the weights of all terms sum to.</summary>
internal enum WeightSum
{
    /// <summary>1.</summary>
    One,

    /// <summary>The number of terms.</summary>
    Terms,
}
