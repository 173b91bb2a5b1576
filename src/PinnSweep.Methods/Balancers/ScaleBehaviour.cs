namespace PinnSweep.Methods.Balancers;

/// <summary>What a common positive factor on all losses does to the direction that the optimizer gets.</summary>
public enum ScaleBehaviour
{
    /// <summary>The weights stay the same.</summary>
    Invariant,

    /// <summary>The weights change; the method's documentation says how.</summary>
    Dependent,
}
