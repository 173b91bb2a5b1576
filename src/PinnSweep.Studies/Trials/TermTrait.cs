namespace PinnSweep.Studies.Trials;

/// <summary>What a loss term is, as a record keeps it.</summary>
/// <param name="Role"><c>residual</c>, <c>boundary</c>, <c>initial</c> or <c>data</c>.</param>
/// <param name="Scale">Characteristic size of its residual, in the units of the residual.</param>
public sealed record TermTrait(string Role, double Scale)
{
    /// <summary>The role of the differential equation.</summary>
    public const string Residual = "residual";

    /// <summary>The role of a condition at the first moment.</summary>
    public const string Initial = "initial";

    /// <summary>Whether it is a condition at the first moment, from which an evolution goes on.</summary>
    public bool IsInitial => Role == Initial;

    /// <summary>Whether it is a condition on the solution, not the equation.</summary>
    public bool IsCondition => Role != Residual;
}
