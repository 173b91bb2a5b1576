using System.Collections.Immutable;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Cluster.Coordination;

/// <summary>
/// Figures of finished trials, read from the store when they are first asked for: those of the last stage at once. A result that cannot be
/// read is no failure of its trial: nothing is decided before it is trained again.
/// </summary>
/// <param name="studies">The store.</param>
/// <param name="plan">The study.</param>
/// <param name="givenUp">Trials that have no result and will have none.</param>
public sealed class StoredFigures(IStudyStore studies, StudyPlan plan, ImmutableHashSet<TrialKey> givenUp)
{
    private const int AtOnce = 200;
    private readonly Dictionary<TrialKey, TrialFigures> _known = [];
    private bool _hasLast;

    /// <summary>As the tables say what was given up.</summary>
    public static StoredFigures Of(IStudyStore studies, StudyPlan plan) => new(studies, plan, studies.GivenUpOf(plan.Hash));

    /// <summary>The figures of a trial; null where it was given up.</summary>
    /// <exception cref="LostResultsException">Its result, or one that was read with it, is lost.</exception>
    public TrialFigures? Of(TrialKey key)
    {
        if (givenUp.Contains(key))
        {
            return null;
        }

        if (!_hasLast)
        {
            _hasLast = true;
            Read([.. plan.Trials.Skip(plan.Trials.Length - plan.Stages[^1].Trials.Length).Select(trial => trial.Key).Where(trial => !givenUp.Contains(trial))]);
        }

        if (!_known.ContainsKey(key))
        {
            Read([key]);
        }

        return _known[key];
    }

    private void Read(TrialKey[] keys)
    {
        foreach (var some in keys.Chunk(AtOnce))
        {
            var (results, damaged) = studies.ResultsOf(some);
            foreach (var result in results)
            {
                _known[result.Key] = TrialFigures.Of(result, plan.Spec.Tune?.By ?? plan.Spec.Metric, plan.Spec.Metric);
            }

            if (results.Length < some.Length)
            {
                throw new LostResultsException(damaged, some.First(key => !_known.ContainsKey(key)));
            }
        }
    }
}
