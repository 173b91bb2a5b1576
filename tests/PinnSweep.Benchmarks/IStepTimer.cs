namespace PinnSweep.Benchmarks;

/// <summary>Something that takes steps and says how long one takes.</summary>
internal interface IStepTimer : IDisposable
{
    /// <summary>Takes some steps; returns milliseconds of one.</summary>
    double Time(int steps);
}

/// <summary>A contender on the calling thread.</summary>
internal sealed class ContenderTimer(IContender contender, StepClock clock) : IStepTimer
{
    public double Time(int steps)
    {
        var start = clock.Now;
        for (var step = 0; step < steps; step++)
        {
            contender.Step();
        }

        return (clock.Now - start) / steps;
    }

    public void Dispose() => contender.Dispose();
}

/// <summary>What timers have in common.</summary>
internal static class StepTimers
{
    /// <summary>Takes steps until the runtime has compiled every method for good; returns how many fit a slice.</summary>
    public static int WarmUp(this IStepTimer timer, double warmUpMilliseconds, double sliceMilliseconds)
    {
        for (var spent = 0.0; spent < warmUpMilliseconds;)
        {
            spent += timer.Time(1);
        }

        return Math.Max(1, (int)(sliceMilliseconds / timer.Time(1)));
    }
}
