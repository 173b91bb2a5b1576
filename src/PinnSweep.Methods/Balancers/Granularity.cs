namespace PinnSweep.Methods.Balancers;

/// <summary>What a balancer gives weights to.</summary>
public enum Granularity
{
    /// <summary>One weight a loss term.</summary>
    Term,

    /// <summary>One weight a point.</summary>
    Point,

    /// <summary>The gradients of the terms are combined as vectors.</summary>
    Gradient,
}
