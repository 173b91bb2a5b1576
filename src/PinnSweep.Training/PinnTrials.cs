using PinnSweep.Jets.Engines;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Trials;
using PinnSweep.Training.Preparation;
using PinnSweep.Training.Results;

namespace PinnSweep.Training;

/// <summary>Trials of the catalog's methods.</summary>
public static class PinnTrials
{
    /// <summary>Makes the parts of a trial's first stage.</summary>
    /// <param name="description">The trial.</param>
    /// <param name="engine">A word of <see cref="JetEngines"/>.</param>
    /// <param name="note">Takes what a person should know, for instance that a slower engine had to be used.</param>
    /// <exception cref="UserMistakeException">The levels do not fit together.</exception>
    public static TrialAssembly Assemble(TrialDescription description, string engine, Action<string>? note = null) => Assemble(description, new OwnEngines(engine), note);

    /// <summary>The same on engines of a pack, or of any other source.</summary>
    /// <exception cref="UserMistakeException">The levels do not fit together.</exception>
    public static TrialAssembly Assemble(TrialDescription description, IEngineSource engines, Action<string>? note = null)
    {
        var levels = description.Levels;
        return PinnCatalog.Instance.WhyNotApplicable(levels) is { } reason
            ? throw new UserMistakeException($"this trial cannot be run: {reason}")
            : new StageMaker(description, PinnCatalog.Methods(levels), engines).First(note);
    }

    /// <summary>Trains to the end of the budget, in this process.</summary>
    /// <param name="description">The trial.</param>
    /// <param name="engine">A word of <see cref="JetEngines"/>.</param>
    /// <param name="clock">Measures the training time.</param>
    public static TrialResult Run(TrialDescription description, string engine, TimeProvider clock)
    {
        var started = clock.GetUtcNow();
        using var training = new TrainingLoop(Assemble(description, engine), clock);
        while (!training.IsFinished)
        {
            training.Advance();
        }

        return training.Result(EvidenceOf.Trial(training.Trial, started, clock.GetUtcNow()));
    }
}
