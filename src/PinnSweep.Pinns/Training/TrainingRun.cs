using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>Trains a trial in this process from beginning to end.</summary>
public static class TrainingRun
{
    /// <summary>Trains to the end of the budget.</summary>
    /// <param name="description">The trial.</param>
    /// <param name="engine">A word of <see cref="PinnSweep.Jets.JetEngines"/>.</param>
    /// <param name="clock">Measures the training time.</param>
    public static TrialResult ToEnd(TrialDescription description, string engine, TimeProvider clock)
    {
        var started = clock.GetUtcNow();
        using var training = new Training(TrialAssembly.Create(description, engine), clock);
        while (!training.IsFinished)
        {
            training.Advance();
        }

        return training.Result(EvidenceOf.Trial(training.Trial, started, clock.GetUtcNow()));
    }
}
