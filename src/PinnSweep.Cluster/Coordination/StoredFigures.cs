using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Cluster.Coordination;

/// <summary>Figures of finished trials, read from the store when they are first asked for: those of the last stage at once.</summary>
/// <param name="studies">The store.</param>
/// <param name="plan">The study with everything decided so far.</param>
public sealed class StoredFigures(IStudyStore studies, StudyPlan plan)
{
    private const int AtOnce = 200;
    private readonly Dictionary<TrialKey, TrialFigures?> _known = [];
    private bool _hasLast;

    /// <summary>The figures of a trial; null where it has no result.</summary>
    public TrialFigures? Of(TrialKey key)
    {
        if (!_hasLast)
        {
            _hasLast = true;
            Read([.. plan.Trials.Skip(plan.Trials.Length - plan.Stages[^1].Trials.Length).Select(trial => trial.Key)]);
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
            foreach (var key in some)
            {
                _known[key] = null;
            }

            foreach (var result in studies.ResultsOf(some))
            {
                _known[result.Key] = TrialFigures.Of(result, plan.Spec.Tune?.By ?? plan.Spec.Metric, plan.Spec.Metric);
            }
        }
    }
}
