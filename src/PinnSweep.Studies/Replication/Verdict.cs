namespace PinnSweep.Studies.Replication;

/// <summary>How a comparison of a method with the control stands after a look.</summary>
public enum Verdict
{
    /// <summary>It goes on at the next look.</summary>
    Open,

    /// <summary>The method's error is smaller.</summary>
    Better,

    /// <summary>The method's error is larger.</summary>
    Worse,

    /// <summary>The errors lie within the declared factor of one another.</summary>
    Equivalent,

    /// <summary>The last look passed and nothing was shown.</summary>
    Undecided,
}
