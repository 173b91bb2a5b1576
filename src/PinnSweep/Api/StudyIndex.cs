using PinnSweep.Commands;
using PinnSweep.Pinns;
using PinnSweep.Storage;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies;

namespace PinnSweep.Api;

/// <summary>Studies as people name them, and their plans. The plan of a stored study is the stored one; the last few are kept.</summary>
internal sealed class StudyIndex(Store store) : IDisposable
{
    private const int Kept = 3;
    private readonly SemaphoreSlim _planning = new(1);
    private readonly LinkedList<StudyPlan> _plans = new();

    /// <summary>Held by whoever makes a report.</summary>
    public SemaphoreSlim ReportTurn { get; } = new(1);

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

    /// <summary>The plan of a stored study.</summary>
    public async Task<StudyPlan> PlanAsync(StoredStudy study, CancellationToken cancel)
    {
        await _planning.WaitAsync(cancel);
        try
        {
            if (_plans.FirstOrDefault(plan => plan.Hash == study.Hash) is { } known)
            {
                return known;
            }

            return Keep(await Task.Run(() => store.Studies.PlanOf(study, PinnCatalogue.Instance), cancel));
        }
        finally
        {
            _planning.Release();
        }
    }

    /// <summary>Plans what was submitted. One at a time: a plan may be large.</summary>
    /// <exception cref="UserMistakeException">The study has mistakes.</exception>
    public async Task<StudyPlan> PlanAsync(StudySource source, int maximumTrials, CancellationToken cancel)
    {
        await _planning.WaitAsync(cancel);
        try
        {
            return Keep(await Task.Run(() => source.Plan(maximumTrials), cancel));
        }
        finally
        {
            _planning.Release();
        }
    }

    public void Dispose()
    {
        _planning.Dispose();
        ReportTurn.Dispose();
    }

    /// <summary>What the study file allows as a name; hashes are such names too.</summary>
    private static bool IsName(string id) =>
        id.Length is > 0 and <= 100 && char.IsAsciiLetterOrDigit(id[0]) && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    private StudyPlan Keep(StudyPlan plan)
    {
        _plans.AddFirst(plan);
        while (_plans.Count > Kept)
        {
            _plans.RemoveLast();
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
