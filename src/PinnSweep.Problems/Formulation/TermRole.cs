namespace PinnSweep.Problems.Formulation;

/// <summary>What a loss term is for.</summary>
public enum TermRole
{
    /// <summary>The residual of the differential equation.</summary>
    Residual,

    /// <summary>A boundary condition.</summary>
    Boundary,

    /// <summary>An initial condition.</summary>
    Initial,

    /// <summary>Measured values.</summary>
    Data,
}
