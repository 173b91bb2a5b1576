using PinnSweep.Studies.Trials;

namespace PinnSweep.Cluster.Tests;

/// <summary>What the fake trainer computes: a chain from the trial's key without its budget, as long as the trial has steps.</summary>
internal static class FakeTraining
{
    /// <summary>The error of a trial, which is its residual too.</summary>
    public static double ErrorOf(TrialDescription description)
    {
        var value = Convert.ToUInt64(description.WithSteps(1).Key().Hex[..16], 16);
        for (var step = 0; step < description.Budget.Steps; step++)
        {
            value = unchecked((value * 6364136223846793005UL) + 1442695040888963407UL);
        }

        return (value >> 11) * Math.Pow(2, -53);
    }
}
