namespace PinnSweep.Studies.Contents;

/// <summary>What of a stored result is read beside the record itself.</summary>
[Flags]
public enum ResultParts
{
    /// <summary>Neither curve nor field.</summary>
    None = 0,

    /// <summary>The evaluations.</summary>
    Curve = 1,

    /// <summary>The solution at the end.</summary>
    Field = 2,

    /// <summary>Everything.</summary>
    All = Curve | Field,
}
