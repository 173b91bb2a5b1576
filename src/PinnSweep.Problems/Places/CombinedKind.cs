namespace PinnSweep.Problems.Places;

/// <summary>How shapes become one.</summary>
internal enum CombinedKind
{
    /// <summary>What lies in any.</summary>
    Union,

    /// <summary>What lies in the first alone.</summary>
    Difference,

    /// <summary>What lies in all.</summary>
    Intersection,
}
