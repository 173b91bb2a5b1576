namespace PinnSweep.Problems.Equations;

/// <summary>How conditions on several sides make loss terms.</summary>
internal enum EdgeTerms
{
    /// <summary>One term, the mean over all sides.</summary>
    Grouped,

    /// <summary>One term, the sum of the sides' means.</summary>
    Summed,

    /// <summary>A term each.</summary>
    PerEdge,
}
