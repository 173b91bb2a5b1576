using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Views;

/// <summary>One cell of the matrix that shows how far a study is.</summary>
/// <param name="Number">Its place in <see cref="StudyView.Cells"/>, from 0.</param>
/// <param name="Block">The labels of the factors on neither axis; empty where there is one block.</param>
/// <param name="Row">The label of its row.</param>
/// <param name="Column">The label of its column.</param>
/// <param name="Trials">Its trials in the order of the plan.</param>
internal sealed record CellView(int Number, string Block, string Row, string Column, ImmutableArray<TrialView> Trials)
{
    /// <summary>What tables call its levels, of every factor; of a tuned cell those of the method before it was tuned.</summary>
    public ImmutableSortedDictionary<Factor, string> Labels { get; init; } = ImmutableSortedDictionary<Factor, string>.Empty;

    /// <summary>Why it is not trained; null where it is.</summary>
    public string? NotApplicable { get; init; }

    /// <summary>Trials with a result.</summary>
    public int Done { get; } = Trials.Count(trial => trial.Outcome is not null);

    /// <summary>Trials in training.</summary>
    public int Running { get; } = Trials.Count(trial => trial.Phase == "running");

    /// <summary>Trials that were given up, which is no result of the method.</summary>
    public int GivenUp { get; } = Trials.Count(trial => trial.Phase == "quarantined");

    /// <summary>
    /// Geometric mean of the finite relative L2 errors of finished trials with its 95 % interval: no ranking, and none of the failed ones.
    /// </summary>
    public LogErrorMean Mean { get; } = LogErrorMean.Of([.. Trials.Where(trial => trial.HasError).Select(trial => trial.RelativeL2!.Value)]);

    /// <summary>How many finished trials ended so.</summary>
    public int Count(string outcome) => Trials.Count(trial => trial.Outcome == outcome);

    /// <summary>Finished trials that did not converge, and those given up.</summary>
    public int Failures => Done - Count("converged") + GivenUp;
}
