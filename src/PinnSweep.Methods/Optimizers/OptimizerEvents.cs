namespace PinnSweep.Methods.Optimizers;

/// <summary>
/// Names under which optimizers count what they did; they appear in results as they are here. Evaluations are those that an optimizer asks
/// for beyond the one gradient with which every step begins, so they tell what a step cost.
/// </summary>
public static class OptimizerEvents
{
    /// <summary>Losses with gradients that the optimizer asked for, as in a line search.</summary>
    public const string Gradients = "optimizer: gradient evaluations";

    /// <summary>Losses without gradients.</summary>
    public const string Values = "optimizer: loss evaluations";

    /// <summary>Jacobians of all residuals.</summary>
    public const string Jacobians = "optimizer: Jacobian evaluations";

    /// <summary>A point's weight was negative and its row was left out of a Gauss–Newton matrix.</summary>
    public const string NegativeWeight = "optimizer: negative weight left out";

    /// <summary>A line search ended at a point that lowers the loss without meeting the strong Wolfe conditions.</summary>
    public const string WeakStep = "optimizer: line search without strong Wolfe";

    /// <summary>A line search found no lower loss; θ stayed.</summary>
    public const string NoDescent = "optimizer: line search without descent";

    /// <summary>Curvature information was dropped, because the direction it gave did not descend or had no use.</summary>
    public const string Restart = "optimizer: curvature restarted";

    /// <summary>The sampler has drawn new points and asked for an optimizer that begins anew.</summary>
    public const string BegunAnew = "optimizer: begun anew with new points";

    /// <summary>A step's curvature was not positive and was left out of the update.</summary>
    public const string SkippedUpdate = "optimizer: curvature update skipped";

    /// <summary>A matrix was not positive definite in arithmetic and was damped more.</summary>
    public const string Damped = "optimizer: matrix damped";

    /// <summary>A tolerance was met; θ stays from here on.</summary>
    public const string ToleranceMet = "optimizer: steps after its tolerance was met";
}
