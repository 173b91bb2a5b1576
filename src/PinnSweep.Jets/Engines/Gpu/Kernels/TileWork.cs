namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>What a launch is to do.</summary>
internal static class TileWork
{
    /// <summary>Residuals.</summary>
    public const int Residuals = 0;

    /// <summary>Residuals and a gradient each.</summary>
    public const int Gradients = 1;

    /// <summary>Residuals and one gradient of all.</summary>
    public const int Combined = 2;

    /// <summary>One residual and its derivatives by θ, point by point.</summary>
    public const int Rows = 3;

    /// <summary>Jets of the outputs.</summary>
    public const int Jets = 4;

    /// <summary>The gradient of jets with given cotangents.</summary>
    public const int Pullback = 5;

    /// <summary>Points of an item: one block of threads takes them tile by tile, and their gradient is one part of the lane's.</summary>
    public const int ItemPoints = 128;
}
