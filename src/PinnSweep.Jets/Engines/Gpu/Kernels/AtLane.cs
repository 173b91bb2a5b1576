namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>Places in the record of a lane in a launch.</summary>
internal static class AtLane
{
    /// <summary>Points of the lane.</summary>
    public const int Points = 0;

    /// <summary>Its data.</summary>
    public const int Data = 1;

    /// <summary>Its numbers of the step: θ with the coefficients, factors of the residuals, weights of the points or cotangents of jets.</summary>
    public const int Step = 2;

    /// <summary>Whether points have weights.</summary>
    public const int HasWeights = 3;

    /// <summary>Its results: residuals or jets or rows, and behind them gradients.</summary>
    public const int Results = 4;

    /// <summary>Its first item.</summary>
    public const int FirstItem = 5;

    /// <summary>Its items.</summary>
    public const int Items = 6;

    /// <summary>The residual whose rows are wanted.</summary>
    public const int Residual = 7;

    /// <summary>The first point whose row is wanted.</summary>
    public const int FirstPoint = 8;

    /// <summary>The point behind the last one that is wanted.</summary>
    public const int EndPoint = 9;

    /// <summary>Where its gradients begin in the results.</summary>
    public const int Gradients = 10;

    /// <summary>Numbers of a record.</summary>
    public const int Length = 11;
}
