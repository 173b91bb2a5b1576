using System.Collections.Immutable;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Training.Evaluations;
using PinnSweep.Training.Preparation;
using PinnSweep.Training.Solutions;
using PinnSweep.Training.Steps;

namespace PinnSweep.Training;

/// <summary>
/// The stages of a trial one after another. Where the factor time divides a training into stages, the next one begins before the first step
/// beyond the share of the one before it; most trials have one.
/// </summary>
internal sealed class StageSequence : IDisposable
{
    private readonly List<(double[] Theta, int LastStep)> _finished = [];
    private readonly double[] _theta;
    private readonly Evaluation _evaluation;

    /// <summary>Begins the first stage.</summary>
    /// <param name="first">Its parts.</param>
    /// <param name="theta">θ of the training, which every stage moves.</param>
    /// <param name="evaluation">Learns of every stage that ends.</param>
    public StageSequence(TrialAssembly first, double[] theta, Evaluation evaluation)
    {
        (_theta, _evaluation) = (theta, evaluation);
        Current = new(first);
    }

    /// <summary>The stage in training.</summary>
    public TrainingStep Current { get; private set; }

    /// <summary>The last steps of the stages that have ended.</summary>
    public IEnumerable<int> Ends => _finished.Select(stage => stage.LastStep);

    private TrialAssembly Trial => Current.Trial;

    /// <summary>The networks that the solution is made of: those of finished windows of time, and the one in training.</summary>
    public ImmutableArray<SavedPart> Parts() =>
    [
        .. _finished.Select((stage, number) => new SavedPart(number, Trial.Stages[number].SolvesUntil, [.. stage.Theta])).Where(part => part.Until is not null),
        new(Trial.StageNumber, null, [.. _theta]),
    ];

    /// <summary>How many of the steps of all stages were taken in this one.</summary>
    public int StepsInStage(int step) => step - (_finished.Count > 0 ? _finished[^1].LastStep : 0);

    /// <summary>Whether the stage's part of the budget is used up. The last one ends with the trial.</summary>
    /// <param name="step">Steps taken in all stages.</param>
    /// <param name="seconds">Training time of all stages.</param>
    public bool IsOver(int step, double seconds)
    {
        var budget = Trial.Description.Budget;
        return Trial.StageNumber < Trial.Stages.Length - 1
            && (budget.Steps is { } steps ? step >= (int)Math.Round(steps * Trial.Shares) : seconds >= budget.Seconds * Trial.Shares);
    }

    /// <summary>
    /// Goes from the end of a stage, at θ, to the beginning of the next: the same in a training and in one that is resumed.
    /// </summary>
    /// <param name="step">Steps taken in all stages.</param>
    public void BeginNext(int step)
    {
        _finished.Add(([.. _theta], step));
        Trial.Engine.SetParameters(_theta);
        if (Trial.Stages[Trial.StageNumber].SolvesUntil is { } moment)
        {
            _evaluation.Settle(moment);
        }

        Current.Dispose();
        var next = Trial.Next([.. _theta]);
        next.Theta.CopyTo(_theta, 0);
        _evaluation.Use(next.Engine);
        Current = new(next);
    }

    /// <summary>
    /// How the finished stages ended. Where it is read the ends are gone through once more, as the problems of later stages may ask for
    /// their networks.
    /// </summary>
    public void State(StateArchive archive)
    {
        foreach (var (theta, step) in archive.List("stage", _finished))
        {
            var lastStep = step;
            archive.Vector("stage-theta", archive.IsLoading ? _theta : theta);
            archive.Count("stage-end", ref lastStep);
            if (archive.IsLoading)
            {
                BeginNext(lastStep);
            }
        }
    }

    public void Dispose()
    {
        Current.Dispose();
        Trial.Release();
    }
}
