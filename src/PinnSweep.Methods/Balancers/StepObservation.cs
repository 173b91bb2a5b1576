namespace PinnSweep.Methods.Balancers;

/// <summary>What was evaluated at the current θ, before the optimizer moves it.</summary>
public readonly ref struct StepObservation
{
    /// <summary>0 for the first step.</summary>
    public required int Step { get; init; }

    /// <summary>The learning rate that the optimizer will use in this step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Length of θ.</summary>
    public required int ParameterCount { get; init; }

    /// <summary>Unweighted loss of each term: (1/n) Σ r².</summary>
    public required ReadOnlySpan<double> Losses { get; init; }

    /// <summary>Loss of each term with its weights of points: (1/n) Σ w r².</summary>
    public required ReadOnlySpan<double> WeightedLosses { get; init; }

    /// <summary>
    /// Gradients of <see cref="WeightedLosses"/>, K × P, without term weights. Empty in <see cref="IResidualObserver.ObserveResiduals"/>
    /// and where <see cref="IGradientsOnDemand.NeedsTermGradients"/> said no.
    /// </summary>
    public required ReadOnlySpan<double> Gradients { get; init; }

    /// <summary>
    /// In <see cref="IBalancer.Update"/> where <see cref="IGradientsOnDemand.NeedsTermGradients"/> said no: the gradient of Σ λ_k ·
    /// <see cref="WeightedLosses"/> k at the term weights before the passes. Else empty.
    /// </summary>
    public ReadOnlySpan<double> Direction { get; init; }

    /// <summary>Residuals of all terms, one after another in the order of terms.</summary>
    public required ReadOnlySpan<double> Residuals { get; init; }

    /// <summary>The gradient of term k.</summary>
    public ReadOnlySpan<double> Gradient(int term) => Gradients.Slice(term * ParameterCount, ParameterCount);
}
