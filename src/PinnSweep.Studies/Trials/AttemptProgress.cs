namespace PinnSweep.Studies.Trials;

/// <summary>
/// Where an attempt stands, as its trainer told last. The one value between trainer and display; a line of JSON, a message, a row or an
/// answer of the API holds as much of it as it needs, and what it leaves out is not a number to whoever reads it.
/// </summary>
/// <param name="Step">Optimizer steps taken.</param>
/// <param name="Completed">Steps or seconds done, as the budget is.</param>
/// <param name="Total">Steps or seconds of the budget; 0 where nothing was told yet.</param>
/// <param name="Loss">The total loss.</param>
/// <param name="RelativeL2">The error at the last evaluation.</param>
/// <param name="StepsPerSecond">Over the whole training.</param>
public sealed record AttemptProgress(int Step, double Completed, double Total, double Loss, double RelativeL2, double StepsPerSecond)
{
    /// <summary>Before the first word of the trainer.</summary>
    public static AttemptProgress None { get; } = new(0, 0, 0, double.NaN, double.NaN, 0);

    /// <summary>The part of the budget that is used, from 0 to 1; 0 where the budget is not known.</summary>
    public double Share => Total > 0 ? Math.Clamp(Completed / Total, 0, 1) : 0;
}
