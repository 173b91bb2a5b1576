namespace PinnSweep.Methods.Optimizers.Parts;

/// <summary>What a dense quasi-Newton method starts from.</summary>
internal enum FirstMatrix
{
    /// <summary>The identity times yᵀs/(yᵀy) of the first step.</summary>
    Scaled,

    /// <summary>The identity.</summary>
    Identity,
}
