namespace PinnSweep.Methods.Balancers;

/// <summary>Names under which balancers count what happened to them; they appear in results as they are here.</summary>
internal static class BalancerEvents
{
    /// <summary>A loss was not finite; the weights stayed as they were.</summary>
    public const string NonFiniteLoss = "balancer: non-finite loss kept out";

    /// <summary>A gradient was not finite; the weights stayed as they were.</summary>
    public const string NonFiniteGradient = "balancer: non-finite gradient kept out";

    /// <summary>A residual was not finite; the weights of the term's points stayed as they were.</summary>
    public const string NonFiniteResidual = "balancer: non-finite residual kept out";

    /// <summary>A weight would not have been finite, for instance because a gradient vanished; it stayed as it was.</summary>
    public const string NonFiniteWeight = "balancer: non-finite weight kept out";

    /// <summary>A weight or multiplier reached a bound and was held there.</summary>
    public const string Clamped = "balancer: weight clamped";

    /// <summary>A term's gradient was zero and took no part in the direction.</summary>
    public const string ZeroGradient = "balancer: zero gradient left out";

    /// <summary>Gradients were opposed: no direction descends all terms.</summary>
    public const string OpposedGradients = "balancer: opposed gradients";

    /// <summary>A small system was singular, for instance because gradients were parallel; the documented fallback was used.</summary>
    public const string SingularSystem = "balancer: singular system";
}
