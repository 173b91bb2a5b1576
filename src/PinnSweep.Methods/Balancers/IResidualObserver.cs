namespace PinnSweep.Methods.Balancers;

/// <summary>A balancer whose weights of a step depend on the residuals of the same step.</summary>
internal interface IResidualObserver
{
    /// <summary>Whether they do, with the parameters at hand; what their forward pass computed serves the rest of the step.</summary>
    bool NeedsResidualsFirst { get; }

    /// <summary>
    /// Sees losses and residuals at the current θ before the passes that use the weights. Called only where they are needed first.
    /// </summary>
    void ObserveResiduals(in StepObservation observation);
}
