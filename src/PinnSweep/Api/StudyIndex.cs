using PinnSweep.Methods.Catalogs;
using PinnSweep.Planning;
using PinnSweep.Storage;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Api;

/// <summary>
/// Studies as people name them, and their plans. The plan of a stored study is the stored one; the last few are kept, and one in stages
/// grows in here as it does in the store. Nobody waits for the plan of another study.
/// </summary>
internal sealed class StudyIndex(Store store, SubmissionPlanner submissions) : IAsyncDisposable
{
    private const int Kept = 3;
    private readonly LinkedList<StudyPlan> _plans = new();
    private readonly Dictionary<string, Task<StudyPlan>> _begun = new(StringComparer.Ordinal);

    /// <summary>For whoever makes a report.</summary>
    public ReportTurns ReportTurns { get; } = new();

    /// <summary>By name, hash, or the beginning of a hash.</summary>
    /// <exception cref="RefusalException">There is no such study, or several.</exception>
    public Task<StoredStudy> FindAsync(string id, CancellationToken cancel) => Task.Run(
        () =>
        {
            if (!IsName(id))
            {
                throw RefusalException.BadRequest($"study {NearestMatch.Quote(id)}: expected a name, a hash, or at least {StudyLookup.ShortestPrefix} digits of one");
            }

            return StudyLookup.Of(store.Studies, id) switch
            {
                { Study: { } found } => found,
                { IsAmbiguous: true } => throw RefusalException.BadRequest($"study '{id}': several hashes begin so; give more digits"),
                _ => throw RefusalException.NotFound($"study '{id}' is unknown{Hint(id)}"),
            };
        },
        cancel);

    /// <summary>The plan of a stored study. Whoever asks while it is made gets the same.</summary>
    public Task<StudyPlan> PlanAsync(StoredStudy study, CancellationToken cancel)
    {
        lock (_plans)
        {
            if (_plans.FirstOrDefault(plan => plan.Hash == study.Hash) is { } known)
            {
                return known.AwaitsStage ? GrownAsync(known, cancel) : Task.FromResult(known);
            }

            if (!_begun.TryGetValue(study.Hash, out var begun))
            {
                _begun[study.Hash] = begun = Task.Run(() => Again(study), CancellationToken.None);
            }

            return begun.WaitAsync(cancel);
        }
    }

    /// <summary>A plan with the stages that were decided since.</summary>
    public Task<StudyPlan> GrownAsync(StudyPlan plan, CancellationToken cancel) => Task.Run(
        () => store.Studies.Grown(plan) is var grown && grown.Stages.Length == plan.Stages.Length ? plan : Keep(grown), cancel);

    /// <summary>Plans what was submitted.</summary>
    /// <exception cref="UserMistakeException">The study has mistakes, or takes too long to plan.</exception>
    /// <exception cref="RefusalException">Too many are being planned.</exception>
    public async Task<StudyPlan> PlanAsync(StudySource source, int maximumTrials, CancellationToken cancel)
    {
        // What was decided of a study in stages counts cells of the plan as it was stored first, whose levels may stand in another order.
        var plan = await submissions.PlanAsync(source, maximumTrials, cancel);
        return plan.Spec.IsStaged ? plan : Keep(plan);
    }

    public async ValueTask DisposeAsync()
    {
        await submissions.DisposeAsync();
        ReportTurns.Dispose();
    }

    /// <summary>What the study file allows as a name; hashes are such names too.</summary>
    private static bool IsName(string id) =>
        id.Length is > 0 and <= 100 && char.IsAsciiLetterOrDigit(id[0]) && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    private StudyPlan Again(StoredStudy study)
    {
        try
        {
            return Keep(store.Studies.PlanOf(study, PinnCatalog.Instance));
        }
        finally
        {
            lock (_plans)
            {
                _begun.Remove(study.Hash);
            }
        }
    }

    private StudyPlan Keep(StudyPlan plan)
    {
        lock (_plans)
        {
            if (_plans.FirstOrDefault(known => known.Hash == plan.Hash) is { } before)
            {
                plan = before.Stages.Length > plan.Stages.Length ? before : plan;
                _plans.Remove(before);
            }

            _plans.AddFirst(plan);
            while (_plans.Count > Kept)
            {
                _plans.RemoveLast();
            }
        }

        return plan;
    }

    private string Hint(string id)
    {
        const int Told = 20;
        var names = store.Studies.List().Select(study => study.Name).Distinct().ToList();
        return NearestMatch.Of(id, names) is { } near ? $"; nearest '{near}'"
            : names.Count == 0 ? "; none was submitted yet"
            : $"; there are: {string.Join(", ", names.Take(Told))}{(names.Count > Told ? ", …" : "")}";
    }
}
