namespace PinnSweep.Studies.Searches;

/// <summary>How a search or a design finds its points.</summary>
public enum DesignKind
{
    /// <summary>Every combination of evenly spread values.</summary>
    Grid,

    /// <summary>Independent uniform points.</summary>
    Random,

    /// <summary>A Latin hypercube: one point in each of n slices of every dimension (McKay, Beckman, Conover 1979).</summary>
    Lhs,

    /// <summary>Sobol points, shifted by the seed.</summary>
    Sobol,

    /// <summary>Halton points, shifted by the seed.</summary>
    Halton,

    /// <summary>Learns from what it has seen (<see cref="Searches.Tpe"/>).</summary>
    Tpe,

    /// <summary>Somebody else proposes.</summary>
    External,
}
