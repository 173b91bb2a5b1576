using System.Collections.Immutable;
using PinnSweep.Studies.Trials;
using PinnSweep.Training.Evaluations;
using PinnSweep.Training.Preparation;
using PinnSweep.Training.Results;
using PinnSweep.Training.Sizes;

namespace PinnSweep.Training;

/// <summary>What is left of a training when it ends.</summary>
internal static class ResultOf
{
    /// <summary>The record of a trial as it stands.</summary>
    public static TrialResult Training(TrainingLoop training, Evidence evidence)
    {
        var (trial, grid, theta) = (training.Trial, training.Evaluation.Grid, training.Theta.ToArray());
        return new(
            trial.Description.Key(),
            trial.Description.Canonical(),
            training.Outcome,
            training.Step,
            theta.Length,
            training.Seconds,
            [.. trial.Target.Terms.Select(term => term.Name)],
            [.. training.Curve],
            trial.Events.Counts.ToImmutableSortedDictionary(StringComparer.Ordinal),
            evidence)
        {
            TermTraits = [.. trial.Target.Terms.Select(term => new TermTrait(term.Role.ToString().ToLowerInvariant(), term.Scale))],
            Notices = trial.Notices,
            StoppedBy = training.StoppedBy,
            StageEnds = [.. training.Stages.Ends],
            ReferenceMeanSquare = grid.ReferenceMeanSquare,
            Field = training.IsDiverged ? null : Field(trial, grid, theta),
            Floor = trial.Target.Floor(),
            TrivialScores = grid.TrivialScores,
            SettledOn = training.IsDiverged ? null : training.Evaluation.Trivial,
            Sizes = TrialSizing.Of(trial, theta, grid),
            NonFinite = training.IsDiverged ? NonFiniteSearch.Find(trial.Problem, trial.Engine, trial.Sampler, theta) : null,
        };
    }

    private static SolutionField? Field(TrialAssembly trial, TestGridError grid, double[] theta)
    {
        trial.Engine.SetParameters(theta);
        return grid.Field();
    }
}
