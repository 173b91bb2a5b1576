namespace PinnSweep.Studies.Searches;

/// <summary>The words of study files for <see cref="DesignKind"/>.</summary>
public static class DesignWords
{
    /// <summary>All kinds in the order of the enumeration.</summary>
    public static IReadOnlyList<DesignKind> All { get; } = Enum.GetValues<DesignKind>();

    /// <summary><c>grid</c>, <c>random</c>, <c>lhs</c>, <c>sobol</c>, <c>halton</c>, <c>tpe</c>, <c>external</c>.</summary>
    public static string ToWord(this DesignKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The inverse of <see cref="ToWord"/>; null for any other word.</summary>
    public static DesignKind? FromWord(string word) =>
        All.Where(kind => kind.ToWord() == word).Select(kind => (DesignKind?)kind).FirstOrDefault();

    /// <summary>Whether more points leave the first ones as they were; grids and Latin hypercubes are made for one number.</summary>
    public static bool CanGrow(this DesignKind kind) => kind is not (DesignKind.Grid or DesignKind.Lhs);
}
