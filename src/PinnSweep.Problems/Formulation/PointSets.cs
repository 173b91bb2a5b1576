namespace PinnSweep.Problems.Formulation;

/// <summary>The names of point sets, which are also random streams.</summary>
public static class PointSets
{
    /// <summary>The whole box.</summary>
    public const string Interior = "interior";

    /// <summary>Where something was measured.</summary>
    public const string Data = "data";

    /// <summary>Sides of the box.</summary>
    public const string Boundary = "boundary";

    /// <summary>The side at the first moment of time.</summary>
    public const string Initial = "initial";
}
