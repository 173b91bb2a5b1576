namespace PinnSweep.Problems.Equations;

/// <summary>How an equation with a coefficient that varies is written.</summary>
internal enum EquationForm
{
    /// <summary>∇·(a∇u): what flows out of one place flows into the next.</summary>
    Divergence,

    /// <summary>aΔu, as PINNacle's program trains it, with a solution of its own.</summary>
    Published,
}
